// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTest/QtTest>

namespace rest::test {

/// QtTest ends the program when a test function takes more than five minutes. Ours may take hours where they are asked to,
/// and longer than they like on a busy machine; CTest has a limit of its own.
inline void without_qt_watchdog() { qputenv("QTEST_FUNCTION_TIMEOUT", "2000000000"); }

}  // namespace rest::test

/// QTEST_GUILESS_MAIN for tests that may take long.
#define REST_LONG_TEST_MAIN(Test)                \
    int main(int argc, char** argv) {            \
        rest::test::without_qt_watchdog();       \
        QCoreApplication app(argc, argv);        \
        Test test;                               \
        return QTest::qExec(&test, argc, argv);  \
    }
