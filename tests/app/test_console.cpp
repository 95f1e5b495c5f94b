// SPDX-License-Identifier: GPL-3.0-or-later
// Ctrl-C at a terminal.
#include <QtTest/QtTest>

#include <csignal>

#include "app/commands/console.h"
#include "tests/engine/recorder.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::test;

class TestConsole : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    /// Within one long clip nothing is reported for minutes.
    void aSignalStopsWorkThatReportsNothing_data() {
        QTest::addColumn<int>("signal");
        QTest::newRow("interrupt") << SIGINT;
        QTest::newRow("terminate") << SIGTERM;
    }
    void aSignalStopsWorkThatReportsNothing() {
        QFETCH(int, signal);
        app::Console console;
        const auto job = make_job("silent", [signal](engine::JobContext& context) -> std::string {
            std::raise(signal);
            for (;;) {
                context.check();
                std::this_thread::yield();
            }
        });
        QVERIFY_THROWS_EXCEPTION(Cancelled, console.run(*job));
        QVERIFY_THROWS_EXCEPTION(Cancelled, console.task().check());
    }

    void consolesWithoutSignalsCancelNothing() {
        for (int i = 0; i < 3; ++i) {
            app::Console console;
            console.task().check();
        }
    }
};

REST_TEST(TestConsole)
#include "test_console.moc"
