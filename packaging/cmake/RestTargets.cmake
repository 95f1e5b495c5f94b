# SPDX-License-Identifier: GPL-3.0-or-later
# How every target of this project is made: one place for flags, so that folders only list files.

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
    # Precompiled headers are cached only when ccache may ignore what GCC's own check covers already. Paths are relative to
    # the source folder, so that a clone elsewhere finds what this one compiled.
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
    # Atomic: several threads count at once.
    add_compile_options(--coverage -fprofile-update=atomic)
    add_link_options(--coverage)
endif()

# Flags of our own code; what it links keeps its own.
function(rest_configure target)
    target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}")
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wno-unknown-pragmas -Wno-missing-field-initializers)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_compile_options(${target} PRIVATE -fpch-preprocess)
    endif()
    if(REST_WERROR)
        target_compile_options(${target} PRIVATE -Werror)
        # GCC 12 warns of overlapping copies in "literal" + std::string (its bug 105651).
        if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
            target_compile_options(${target} PRIVATE -Wno-error=restrict)
        endif()
    endif()
endfunction()

# LibTorch's headers are full of warnings of their own: system includes keep them out of our logs.
if(NOT TARGET rest_torch)
    add_library(rest_torch INTERFACE)
endif()
function(rest_define_torch)
    target_link_libraries(rest_torch INTERFACE ${TORCH_LIBRARIES})
    if(TARGET torch_cuda)
        # A Python wheel's libtorch_cuda needs libraries that lie in run paths of its own: the linker need not resolve them.
        target_link_options(rest_torch INTERFACE -Wl,--allow-shlib-undefined)
    endif()
    # LibTorch from 2.9 on brings headers of an {fmt} of its own, which come first in whatever includes LibTorch, but not its library.
    if(EXISTS "${TORCH_INSTALL_PREFIX}/include/fmt/format-inl.h" AND NOT torch_is_system)
        add_library(rest_torch_fmt STATIC "${PROJECT_SOURCE_DIR}/packaging/cmake/torch_fmt.cpp")
        target_include_directories(rest_torch_fmt SYSTEM PRIVATE "${TORCH_INSTALL_PREFIX}/include")
        target_link_libraries(rest_torch INTERFACE rest_torch_fmt)
    endif()
    target_include_directories(rest_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
endfunction()

# rest_library(NAME SOURCES... [LINK libs...] [PRIVATE_LINK libs...] [TORCH])
# TORCH: the folder's sources include LibTorch; they share one precompiled header.
function(rest_library name)
    cmake_parse_arguments(arg "TORCH" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
    add_library(rest_${name} STATIC ${arg_SOURCES})
    add_library(rest::${name} ALIAS rest_${name})
    rest_configure(rest_${name})
    target_link_libraries(rest_${name} PUBLIC ${arg_LINK} PRIVATE ${arg_PRIVATE_LINK})
    if(arg_TORCH)
        target_link_libraries(rest_${name} PRIVATE rest_torch)
        rest_use_torch_pch(rest_${name})
    endif()
endfunction()

function(rest_use_torch_pch target)
    if(NOT TARGET rest_torch_pch)
        if(NOT EXISTS "${CMAKE_BINARY_DIR}/torch_pch.cpp")  # written anew it would make everything be compiled again
            file(WRITE "${CMAKE_BINARY_DIR}/torch_pch.cpp" "")
        endif()
        add_library(rest_torch_pch OBJECT "${CMAKE_BINARY_DIR}/torch_pch.cpp")
        rest_configure(rest_torch_pch)
        target_link_libraries(rest_torch_pch PRIVATE rest_torch nlohmann_json::nlohmann_json)
        target_precompile_headers(rest_torch_pch PRIVATE <torch/torch.h> <string> <vector> <map> <memory> <nlohmann/json.hpp>)
    endif()
    target_precompile_headers(${target} REUSE_FROM rest_torch_pch)
endfunction()

# rest_test(NAME SOURCES... [LINK libs...] [LABELS ...] [TORCH] [GUI])
# One QtTest program. ctest label `golden` marks a comparison with the reference data.
function(rest_test name)
    cmake_parse_arguments(arg "TORCH;GUI" "TIMEOUT" "SOURCES;LINK;LABELS" ${ARGN})
    add_executable(test_${name} ${arg_SOURCES})
    rest_configure(test_${name})
    set_target_properties(test_${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    target_link_libraries(test_${name} PRIVATE ${arg_LINK} Qt6::Test)
    target_compile_definitions(test_${name} PRIVATE REST_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    if(arg_TORCH)
        target_link_libraries(test_${name} PRIVATE rest_torch)
        target_compile_definitions(test_${name} PRIVATE QT_NO_KEYWORDS)
    endif()
    add_test(NAME ${name} COMMAND test_${name})
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 300)
    endif()
    if(REST_COVERAGE)  # counting takes its time
        math(EXPR arg_TIMEOUT "${arg_TIMEOUT} * 6")
    endif()
    # Named, since a build folder may lie anywhere.
    set(environment "REST_RESOURCES=${PROJECT_SOURCE_DIR}/resources")
    # CTest's limit is the only one: QtTest's own, five minutes a function, is too short where other programs are at work.
    list(APPEND environment "QTEST_FUNCTION_TIMEOUT=${arg_TIMEOUT}000")
    if(arg_GUI)
        list(APPEND environment "QT_QPA_PLATFORM=offscreen")
    endif()
    if(REST_SANITIZE MATCHES "thread")
        list(APPEND environment "TSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/support/tsan.supp" "OMP_NUM_THREADS=1")
    endif()
    set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT ${arg_TIMEOUT} ENVIRONMENT "${environment}")
endfunction()
