// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QDir>
#include <QtTest/QtTest>

#include <signal.h>

#include "tests/distributed/processes.h"
#include "tests/support/test_program.h"

using namespace rest::test;

class TestGroup : public QObject {
    Q_OBJECT

    static std::vector<Ended> play(const char* scenario, int size, int seconds = 60) {
        return run_group(QCoreApplication::applicationDirPath() + "/group_worker", {scenario}, size, seconds);
    }

    static void every_other_names(const std::vector<Ended>& ended, int rank, const char* reason) {
        const std::string name = "rank " + std::to_string(rank);
        for (int other = 0; other < static_cast<int>(ended.size()); ++other) {
            if (other == rank) continue;
            const auto& [status, output] = ended[static_cast<size_t>(other)];
            QVERIFY2(status == 3 && output.find(name) != std::string::npos && output.find(reason) != std::string::npos,
                     (std::to_string(other) + ": " + output).c_str());
        }
    }

  private Q_SLOTS:
    void initTestCase() {
        if (!REST_HAS_GLOO) QSKIP("This build has no Gloo");
    }

    void everyMemberGivesTheSameEverywhere() {
        const auto two = play("collectives", 2), three = play("collectives", 3);
        const std::string expected_two = "2\n3 3 5 5 7 7 9 9 11 11 from the first [] 0 <><x> 1 2 4\n";
        const std::string expected_three = "3\n6 6 9 9 12 12 15 15 18 18 from the first [] 0 <><x><xx> 3 10 4\n";
        for (const auto& [status, output] : two) {
            QCOMPARE(output, expected_two);
            QCOMPARE(status, 0);
        }
        for (const auto& [status, output] : three) {
            QCOMPARE(output, expected_three);
            QCOMPARE(status, 0);
        }
    }

    // Three times the period after which a silent process counts as dead.
    void oneMayBeBusyForLong() {
        for (const auto& [status, output] : play("busy", 3)) {
            QCOMPARE(output, std::string("3\n3\n"));
            QCOMPARE(status, 0);
        }
    }

    void aProcessThatDiesIsNamed() { every_other_names(play("dies", 3), 1, "sent no heartbeat"); }

    void aProcessThatStopsIsNamed() { every_other_names(play("stops", 3, 20), 1, "sent no heartbeat"); }

    void aProcessThatFailsSaysWhy() { every_other_names(play("fails", 3), 2, "failed: The disk is full"); }

    // The store goes with it: it waits until the others know.
    void theKeeperOfTheStoreMayFailToo() { every_other_names(play("first fails", 3), 0, "failed: The disk is full"); }

    void oneThatIsAskedToStopStopsAll() {
        for (const auto& [status, output] : play("asked to stop", 3)) QCOMPARE(output, std::string("3\nstops\n"));
        for (const auto& [status, output] : play("asked to leave", 3)) QCOMPARE(output, std::string("3\nleaves\n"));
    }

    void theKeeperOfTheStoreMayDieToo() { every_other_names(play("first dies", 3), 0, "rank 0"); }
};

REST_TEST(TestGroup)
#include "test_group.moc"
