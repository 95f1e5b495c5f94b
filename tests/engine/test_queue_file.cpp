// SPDX-License-Identifier: GPL-3.0-or-later
// The queue outlives its window.
#include <signal.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "core/base/atomic_file.h"
#include "core/engine/queue/queue_file.h"
#include "core/engine/run/train_order.h"
#include "tests/support/error_text.h"
#include "tests/support/other_settings.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::engine;
using namespace rest::test;

namespace fs = std::filesystem;

namespace {

JobOrder order(const std::string& title, store::RunId run = 0) {
    return {.kind = "train",
            .project = "/data/ü one.rest",
            .title = title,
            .name = "n",
            .settings = run == 0 ? to_json(other_settings()) : std::string(),
            .run = run,
            .models = store::ProjectModels{"/models/ü", ""}};
}

/// A window that queues two jobs and waits to be killed.
int hold(int argc, char** argv) {
    if (argc < 1) return 2;
    QueueFile queue{fs::path(argv[0])};
    queue.put(std::vector{order("first"), order("second", 7)});
    if (::write(STDOUT_FILENO, "there\n", 6) != 6) return 3;
    for (;;) ::pause();
}

}  // namespace

class TestQueueFile : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    fs::path folder(const char* name) const { return fs::path(dir_.path().toStdString()) / name; }

  private Q_SLOTS:
    void whatAWindowLeavesIsFoundInItsOrder() {
        const auto there = folder("left");
        std::vector orders = {order("b"), order("a", 3)};
        orders[1].asked = {{"micro_batch", "4"}, {"device", "cpu"}};
        orders[1].changed_clips = "leave-out";
        {
            QueueFile queue(there);
            QVERIFY(left_queues(there).empty());
            queue.put(orders);
            QVERIFY(left_queues(there).empty());  // its window is still open
        }
        const auto left = left_queues(there);
        QCOMPARE(left.size(), size_t{1});
        QVERIFY(left[0].orders == orders);
        forget(left[0]);
        QVERIFY(left_queues(there).empty());
        QVERIFY(fs::is_empty(there));
    }

    void anEmptyQueueLeavesNothing() {
        const auto there = folder("empty");
        QueueFile queue(there);
        queue.put({});
        QVERIFY(!fs::exists(there));
        queue.put(std::vector{order("a")});
        queue.put({});
        QVERIFY(fs::is_empty(there));
        queue.put(std::vector{order("b")});
        QVERIFY(fs::exists(queue.file()));
    }

    void aKilledWindowLosesNothing() {
        const auto there = folder("killed");
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(),
                    {QStringLiteral("--hold-queue"), QString::fromStdString(there.string())});
        QVERIFY(child.waitForStarted(-1) && child.waitForReadyRead(-1));
        QVERIFY(left_queues(there).empty());
        ::kill(static_cast<pid_t>(child.processId()), SIGKILL);
        child.waitForFinished(-1);
        const auto left = left_queues(there);
        QCOMPARE(left.size(), size_t{1});
        QVERIFY(left[0].orders == (std::vector{order("first"), order("second", 7)}));
    }

    void whatIsNoQueueIsPassedOver() {
        const auto there = folder("strange");
        fs::create_directories(there);
        for (const char* content : {"", "no json", "[]", "{\"format\": 99, \"jobs\": []}", "{\"format\": 1}",
                                    "{\"format\": 1, \"jobs\": [{\"kind\": 5}]}"}) {
            write_file_atomically(there / "a.json", content);
            QVERIFY2(left_queues(there).empty(), content);
            QVERIFY(fs::exists(there / "a.json"));  // perhaps written by a newer version
        }
    }

    /// Models belong to the project and may have changed by the time the training starts.
    void aTrainingIsNotBegunWithOtherModels() {
        const auto project = store::Project::create(folder("models")).folder();
        TrainParams params{.project = project, .settings = preset("demo"), .models = store::ProjectModels{}};
        auto order = *make_train_job(params)->order();
        store::Project::open(project).set_models({"/models/other", ""});
        TaskControl control;
        const auto said = error_text([&] { run_here(*make_train_job(order), {}, control); });
        QVERIFY2(says(said, {"captioner", "/models/other", "the demo model"}), said.c_str());
        QVERIFY(store::Project::open(project, store::OpenMode::read_only).runs().empty());
        store::Project::open(project).set_models({});
        const auto begun = error_text([&] { run_here(*make_train_job(order), {}, control); });
        QVERIFY2(!says(begun, {"captioner"}), begun.c_str());  // fails for lack of videos, but has a run
        QCOMPARE(store::Project::open(project, store::OpenMode::read_only).runs().size(), size_t{1});
    }

    void anOrderMakesTheSameJobAgain() {
        TrainParams params{.project = "/data/p.rest", .settings = other_settings(), .name = "mine"};
        const auto first = make_train_job(params);
        QVERIFY(first->order().has_value());
        QVERIFY(make_train_job(*first->order())->order() == first->order());
        QCOMPARE(first->order()->settings, to_json(params.settings));
        params.models = store::ProjectModels{"/models/blip", "/models/clip"};
        QVERIFY(make_train_job(*make_train_job(params)->order())->order()->models == params.models);
        params.resume = 4;
        const auto resumed = make_train_job(params);
        QCOMPARE(resumed->order()->run, store::RunId{4});
        QVERIFY(make_train_job(*resumed->order())->order() == resumed->order());
        params.asked = {{"micro_batch", "4"}};
        for (const auto& [word, choice] : changed_clips_words()) {
            params.changed_clips = choice;
            const auto kept = *make_train_job(params)->order();
            QCOMPARE(kept.changed_clips, choice == ChangedClips::leave_out_few ? std::string() : word);
            const auto again = params_of(kept);
            QVERIFY(again.changed_clips == choice && again.resume == params.resume);
            QCOMPARE(again.asked.size(), size_t{1});
            QVERIFY(again.asked[0].name == "micro_batch" && again.asked[0].value == "4");
        }
        auto unknown = *resumed->order();
        unknown.changed_clips = "repaint";
        QVERIFY(says(error_text([&] { make_train_job(unknown); }), {"repaint"}));
        auto strange = *first->order();
        strange.kind = "dance";
        QVERIFY(says(error_text([&] { make_train_job(strange); }), {"dance"}));
    }
};

REST_TEST(TestQueueFile)
static const rest::test::ChildEntry holding_window("--hold-queue", hold);
#include "test_queue_file.moc"
