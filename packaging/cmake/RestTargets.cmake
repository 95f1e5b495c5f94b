# SPDX-License-Identifier: GPL-3.0-or-later
# How every target of this project is built: all flags are here, so that folders only list files.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release)
endif()

find_program(REST_CCACHE ccache)
if(REST_CCACHE)
    # Precompiled headers are cached only if ccache may skip what GCC's own check covers already. Paths are relative to
    # the source folder, so that a clone in another folder hits the cache of this one.
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env "CCACHE_SLOPPINESS=pch_defines,time_macros" "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}"
        CCACHE_NOHASHDIR=1 "${REST_CCACHE}")
endif()

if(REST_SANITIZE)
    add_compile_options(-fsanitize=${REST_SANITIZE} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${REST_SANITIZE})
endif()
if(REST_FUZZ)
    add_compile_options(-fno-sanitize-recover=all)  # undefined behaviour counts as a crash
endif()

if(REST_COVERAGE)
    # Atomic, because several threads count simultaneously.
    add_compile_options(--coverage -fprofile-update=atomic)
    add_link_options(--coverage)
endif()

# Flags of our own code; libraries that it links keep theirs.
function(rest_configure target)
    target_include_directories(${target} PUBLIC "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>" "$<INSTALL_INTERFACE:include/rest-studio>")
    target_compile_features(${target} PUBLIC cxx_std_20)  # dependents of the installed library need it, and LibTorch requires less
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wno-unknown-pragmas -Wno-missing-field-initializers)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_compile_options(${target} PRIVATE -fpch-preprocess)
        # False positives in the standard library: for "literal" + std::string (GCC bug 105651) and for LibTorch's std::vector<bool>.
        target_compile_options(${target} PRIVATE -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread)
        if(CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 13)  # false positives for references into arguments that outlive the call
            target_compile_options(${target} PRIVATE -Wno-dangling-reference)
        endif()
    endif()
    # Messages name files relative to the source folder, and a clone in another folder compiles to the same binary.
    target_compile_options(${target} PRIVATE "-fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=")
    if(REST_WERROR)
        target_compile_options(${target} PRIVATE -Werror)
    endif()
endfunction()

# LibTorch's headers cause many warnings: as system includes they cause none.
if(NOT TARGET rest_torch)
    add_library(rest_torch INTERFACE)
    set_property(GLOBAL APPEND PROPERTY REST_CORE_LIBRARIES rest_torch)
endif()
function(rest_define_torch)
    target_link_libraries(rest_torch INTERFACE ${TORCH_LIBRARIES})
    if(TARGET torch_cuda)
        # A Python wheel's libtorch_cuda needs libraries from its own run paths: the linker need not resolve them.
        target_link_options(rest_torch INTERFACE -Wl,--allow-shlib-undefined)
    endif()
    # LibTorch 2.9 and later ship headers of their own {fmt}, found first by sources that include LibTorch, but not its library.
    if(EXISTS "${TORCH_INSTALL_PREFIX}/include/fmt/format-inl.h" AND NOT torch_is_system)
        add_library(rest_torch_fmt STATIC "${PROJECT_SOURCE_DIR}/packaging/cmake/torch_fmt.cpp")
        target_include_directories(rest_torch_fmt SYSTEM PRIVATE "${TORCH_INSTALL_PREFIX}/include")
        target_link_libraries(rest_torch INTERFACE rest_torch_fmt)
    endif()
    target_include_directories(rest_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
endfunction()

# Compiles several sources as one: LibTorch's and Qt's templates are then instantiated once for all of them.
function(rest_unite target)
    if(REST_UNITY)
        set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
        if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")  # it takes the united sources for headers, where anonymous namespaces are warned about
            target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
        endif()
    endif()
endfunction()

# rest_library(NAME SOURCES... [LINK libs...] [PRIVATE_LINK libs...] [TORCH])
# TORCH: the folder's sources include LibTorch; they share one precompiled header.
function(rest_library name)
    cmake_parse_arguments(arg "TORCH" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
    add_library(rest_${name} STATIC ${arg_SOURCES})
    add_library(rest::${name} ALIAS rest_${name})
    rest_configure(rest_${name})
    rest_unite(rest_${name})
    target_link_libraries(rest_${name} PUBLIC ${arg_LINK} PRIVATE ${arg_PRIVATE_LINK})
    if(CMAKE_CURRENT_SOURCE_DIR MATCHES "^${PROJECT_SOURCE_DIR}/core/")
        set_property(GLOBAL APPEND PROPERTY REST_CORE_LIBRARIES rest_${name})  # installed for others to build on
    endif()
    if(arg_TORCH)
        target_link_libraries(rest_${name} PRIVATE rest_torch)
        rest_use_torch_pch(rest_${name})
    endif()
    if(REST_CHECK_HEADERS)
        rest_check_headers(${name} ${arg_TORCH} ${arg_LINK} ${arg_PRIVATE_LINK})
    endif()
endfunction()

# A source per header of this folder that includes nothing else; packaging/checks/headers builds them by the target `headers`.
function(rest_check_headers name torch)
    file(GLOB headers RELATIVE "${PROJECT_SOURCE_DIR}" "${CMAKE_CURRENT_SOURCE_DIR}/*.h")
    if(NOT REST_CUDA)
        list(FILTER headers EXCLUDE REGEX "/cuda_")  # they include LibTorch's headers for CUDA
    endif()
    foreach(header IN LISTS headers)
        set(alone "${CMAKE_CURRENT_BINARY_DIR}/headers/${header}.cpp")
        set(content "#include \"${header}\"\n#include \"${header}\"\n")
        file(CONFIGURE OUTPUT "${alone}" CONTENT "${content}" @ONLY)
        list(APPEND sources "${alone}")
    endforeach()
    if(NOT headers)
        return()
    endif()
    add_library(headers_${name} OBJECT EXCLUDE_FROM_ALL ${sources})
    rest_configure(headers_${name})
    target_link_libraries(headers_${name} PRIVATE rest_${name} ${ARGN})
    if(torch)
        target_link_libraries(headers_${name} PRIVATE rest_torch)
        rest_use_torch_pch(headers_${name})
    endif()
    if(NOT TARGET headers)
        add_custom_target(headers)
    endif()
    add_dependencies(headers headers_${name})
endfunction()

function(rest_use_torch_pch target)
    if(NOT TARGET rest_torch_pch)
        if(NOT EXISTS "${CMAKE_BINARY_DIR}/torch_pch.cpp")  # rewriting it would recompile everything
            file(WRITE "${CMAKE_BINARY_DIR}/torch_pch.cpp" "")
        endif()
        add_library(rest_torch_pch OBJECT "${CMAKE_BINARY_DIR}/torch_pch.cpp")
        rest_configure(rest_torch_pch)
        target_link_libraries(rest_torch_pch PRIVATE rest_torch nlohmann_json::nlohmann_json)
        target_precompile_headers(rest_torch_pch PRIVATE "${PROJECT_SOURCE_DIR}/core/tensor/libtorch.h" <string> <vector> <map> <memory> <nlohmann/json.hpp>)
    endif()
    target_precompile_headers(${target} REUSE_FROM rest_torch_pch)
endfunction()

