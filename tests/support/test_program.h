// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTest/QtTest>

namespace rest::test {

/// Adds a test to the program of its room. Lives as long as the program.
class TestEntry {
  public:
    using Run = int (*)(int argc, char** argv);
    TestEntry(const char* class_name, Run run);
};

/// Adds an entry for a second process that a test starts: `applicationFilePath() FLAG arguments...` calls `run` with
/// the arguments alone, before there is an application object.
class ChildEntry {
  public:
    using Run = int (*)(int argc, char** argv);
    ChildEntry(const char* flag, Run run);
};

}  // namespace rest::test

/// Replaces QTEST_MAIN: all tests of a room are one program, `test_ROOM CLASS [QtTest's arguments]`; without CLASS
/// it runs them all and fails if one fails.
#define REST_TEST(Class)                                                                           \
    static const rest::test::TestEntry entry_of_##Class(#Class, [](int argc, char** argv) -> int { \
        Class test;                                                                                \
        return QTest::qExec(&test, argc, argv);                                                    \
    });
