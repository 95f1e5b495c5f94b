# SPDX-License-Identifier: GPL-3.0-or-later
# How tests are built: one QtTest program per room, one CTest entry per source.

# Qt6::Test defines each test's folders on the compiler's command line; no test uses them, and other clones would recompile.
set_target_properties(Qt6::Test PROPERTIES INTERFACE_COMPILE_DEFINITIONS QT_TESTLIB_LIB)

# rest_test_room(NAME [TORCH] [GUI] SOURCES... [HELPERS...] LINK libs...)
# The program test_NAME. Every test_IDEA.cpp of SOURCES holds class TestIdea, ends in REST_TEST(TestIdea) and becomes the CTest
# entry NAME.IDEA; HELPERS hold what several of them use.
function(rest_test_room room)
    cmake_parse_arguments(arg "TORCH;GUI" "" "SOURCES;HELPERS;LINK" ${ARGN})
    set(program test_${room})
    add_executable(${program} ${arg_SOURCES} ${arg_HELPERS})
    rest_configure(${program})
    rest_unite(${program})
    set_target_properties(${program} PROPERTIES AUTOMOC ON AUTOGEN_ORIGIN_DEPENDS OFF RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    target_compile_definitions(${program} PRIVATE QT_NO_KEYWORDS)
    target_link_libraries(${program} PRIVATE ${arg_LINK} rest_test_support)
    if(arg_GUI)
        target_link_libraries(${program} PRIVATE rest_test_main_gui)
    else()
        target_link_libraries(${program} PRIVATE rest_test_main)
    endif()
    # Position-independent, as libraries are: otherwise their precompiled header cannot be reused.
    set_target_properties(${program} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
    target_compile_options(${program} PRIVATE -fPIC)
    if(arg_TORCH)
        target_link_libraries(${program} PRIVATE rest_torch)
        target_precompile_headers(${program} REUSE_FROM rest_test_torch_pch)
    elseif(arg_GUI)
        target_precompile_headers(${program} REUSE_FROM rest_test_gui_pch)
    else()
        target_precompile_headers(${program} REUSE_FROM rest_test_pch)
    endif()
    foreach(source IN LISTS arg_SOURCES)
        rest_test_entry(${room} ${source} ${arg_GUI})
    endforeach()
endfunction()

function(rest_test_entry room source gui)
    string(REGEX REPLACE "^test_(.*)\\.cpp$" "\\1" idea "${source}")
    file(STRINGS "${source}" class REGEX "^REST_TEST\\(")
    string(REGEX REPLACE "^REST_TEST\\((.*)\\)$" "\\1" class "${class}")
    string(REGEX REPLACE "^${room}_" "" idea "${idea}")
    set(name ${room}.${idea})
    add_test(NAME ${name} COMMAND test_${room} ${class})
    # Set explicitly, because a build folder may be anywhere.
    set(environment "REST_RESOURCES=${PROJECT_SOURCE_DIR}/resources")
    if(gui)
        list(APPEND environment "QT_QPA_PLATFORM=offscreen")
    endif()
    if(REST_SANITIZE MATCHES "thread")
        list(APPEND environment "TSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/support/tsan.supp" "OMP_NUM_THREADS=1")
    endif()
    set_tests_properties(${name} PROPERTIES ENVIRONMENT "${environment}")
    rest_test_limit(300 ${name})
endfunction()

# rest_test_limit(SECONDS NAME...): the time limit of these entries.
function(rest_test_limit seconds)
    if(REST_COVERAGE)  # counting slows the tests down
        math(EXPR seconds "${seconds} * 6")
    endif()
    set_tests_properties(${ARGN} PROPERTIES TIMEOUT ${seconds})
endfunction()

# rest_test_golden(NAME...): these entries compare with the golden data.
function(rest_test_golden)
    set_tests_properties(${ARGN} PROPERTIES LABELS golden)
endfunction()
