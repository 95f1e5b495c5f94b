// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/libtorch.h"

#include <QtTest/QtTest>

#include "core/base/error.h"
#include "core/engine/run/begun_before.h"
#include "core/engine/run/handshake.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::engine;

class TestMachinePart : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void processorsAreShared() {
        QCOMPARE(part_of_machine({}, {.sharing = 1}, 0, 16).threads, 0);  // as for one process
        QCOMPARE(part_of_machine({}, {.sharing = 4}, 0, 16).threads, 4);
        QCOMPARE(part_of_machine({}, {.sharing = 4}, 0, 2).threads, 1);
        QCOMPARE(part_of_machine({.threads = 3}, {.sharing = 4}, 0, 16).threads, 3);
    }

    void eachHasAGpuOfItsOwn() {
        for (const char* device : {"auto", "cuda"}) {
            const MachineSettings asked{.device = device};
            QCOMPARE(part_of_machine(asked, {.local_rank = 2, .sharing = 4}, 4, 16).device, std::string("cuda:2"));
            QCOMPARE(part_of_machine(asked, {.local_rank = 2, .sharing = 4}, 0, 16).device, std::string(device));
            // The launcher shows it one alone.
            QCOMPARE(part_of_machine(asked, {.local_rank = 2, .sharing = 4}, 1, 16).device, std::string(device));
            QVERIFY_THROWS_EXCEPTION(Error, part_of_machine(asked, {.local_rank = 4, .sharing = 5}, 4, 16));
        }
        for (const char* device : {"cpu", "cuda:1"})
            QCOMPARE(part_of_machine({.device = device}, {.local_rank = 5}, 4, 16).device, std::string(device));
    }

    void anotherAttemptGoesOnWithTheRunOfItsLaunch() {
        const QTemporaryDir dir;
        auto project = store::Project::create(dir.path().toStdString() + "/p");
        const auto run = project.add_run("first", "{}");
        const distributed::Launch first{"a", 0}, again{"a", 2}, other{"b", 2};
        QVERIFY(!begun_before(project, std::nullopt));
        QVERIFY(!begun_before(project, again));  // none is known
        QVERIFY(!begun_before(project, first));
        keep_launch(project, run, first);
        QCOMPARE(begun_before(project, again), std::optional(run));
        QVERIFY(!begun_before(project, other));
        // A new launch under the same word begins its own.
        QVERIFY(!begun_before(project, first));
        QVERIFY(!begun_before(project, again));
    }
};

REST_TEST(TestMachinePart)
#include "test_machine_part.moc"
