// SPDX-License-Identifier: GPL-3.0-or-later
// What is said before a long run starts.
#include <QtTest/QtTest>

#include "core/engine/run/train_check_job.h"
#include "tests/engine/clip_world.h"
#include "tests/engine/recorder.h"
#include "tests/support/error_text.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::engine;
using namespace rest::test;

namespace fs = std::filesystem;

class TestTrainCheck : public QObject {
    Q_OBJECT

    ClipWorld world_;

    TrainCheckParams params() const {
        TrainCheckParams out{.train = {.project = world_.project(), .settings = preset("demo")},
                             .trial_batches = false};
        out.train.settings.retrieval.neighbours = 2;
        out.train.settings.machine.threads = 1;
        return out;
    }

    static TrainCheck check(const TrainCheckParams& params, std::string* line = nullptr) {
        TaskControl control;
        TrainCheck out;
        const auto said = run_here(*make_train_check_job(params, [&](const auto& found) { out = found; }), {}, control);
        if (line != nullptr) *line = said;
        return out;
    }

    /// The one problem found.
    static std::string problem(const TrainCheckParams& params) {
        std::string line;
        const auto found = check(params, &line);
        if (found.problems.size() != 1 || line != "1 problems forbid the start") return "not one problem: " + line;
        return found.problems[0];
    }

  private Q_SLOTS:
    void initTestCase() {
        world_.fill();
        world_.import();
    }

    void aProjectThatIsReady() {
        auto asked = params();
        asked.train.settings.optimisation.batch_size = 2;
        asked.trial_batches = true;
        std::string line;
        const auto found = check(asked, &line);
        QCOMPARE(line, std::string("Ready to train"));
        QVERIFY(found.problems.empty() && found.notes.empty());
        QCOMPARE(found.train_videos, int64_t{3});  // and a broken one
        QCOMPARE(found.labelled_val_videos, int64_t{2});
        QCOMPARE(found.device, std::string("CPU, 1 thread"));
        QVERIFY(found.memory_bytes > 0 && found.disk_bytes > 0);
        QVERIFY(found.seconds > 0);
        QVERIFY(store::Project::open(world_.project(), store::OpenMode::read_only).runs().empty());
    }

    void withoutTrialBatchesNothingIsTimed() { QCOMPARE(check(params()).seconds, -1.0); }

    void largerBatchesAndMoreCheckpointsNeedMore() {
        auto asked = params();
        asked.train.settings.optimisation.batch_size = 4;
        const auto small = check(asked);
        asked.train.settings.optimisation.batch_size = 8;
        asked.train.settings.machine.keep_checkpoints += 1;
        const auto large = check(asked);
        QVERIFY(large.memory_bytes > small.memory_bytes);
        QVERIFY(large.disk_bytes > small.disk_bytes);
        asked.train.settings.optimisation.micro_batch = 4;
        QCOMPARE(check(asked).memory_bytes, small.memory_bytes);
    }

    void moreNeighboursThanVideosIsWorthANote() {
        auto asked = params();
        asked.train.settings.retrieval.neighbours = 4;
        const auto found = check(asked);
        QVERIFY(found.problems.empty());
        QCOMPARE(found.notes.size(), size_t{1});
        QVERIFY2(says(found.notes[0], {"H = 4", "3 videos"}), found.notes[0].c_str());
    }

    void withoutLabelledClipsNothingWillBeMeasured() {
        const ClipWorld flat;
        flat.add_clip("a.mp4");
        flat.add_clip("b.mp4");
        flat.import();
        auto asked = params();
        asked.train.project = flat.project();
        const auto found = check(asked);
        QCOMPARE(found.labelled_val_videos, int64_t{0});
        QCOMPARE(found.notes.size(), size_t{1});
        QVERIFY2(says(found.notes[0], {"No labelled val videos"}), found.notes[0].c_str());
    }

    void whatForbidsTheStartIsNamed() {
        auto asked = params();
        asked.train.settings.optimisation.epochs = 0;
        QVERIFY2(says(problem(asked), {"epochs = 0", "Use a value from"}), problem(asked).c_str());
        asked = params();
        asked.train.project = "/nowhere/at.rest";
        QVERIFY2(says(problem(asked), {"/nowhere/at.rest"}), problem(asked).c_str());
        asked = params();
        asked.train.settings.supervision.start_from = "/nowhere/blip";
        QVERIFY2(says(problem(asked), {"/nowhere/blip"}), problem(asked).c_str());
        asked = params();
        asked.train.settings.supervision.train_list = "/nowhere/list.txt";
        QVERIFY2(says(problem(asked), {"/nowhere/list.txt"}), problem(asked).c_str());
    }

    void aProjectWithoutClipsIsSentToTheImport() {
        const ClipWorld empty;
        auto asked = params();
        asked.train.project = empty.project();
        QVERIFY2(says(problem(asked), {empty.project().string(), "Import a folder of videos first"}),
                 problem(asked).c_str());
        asked.train.settings.supervision.learn_from = engine::LearnFrom::class_names;
        QVERIFY2(says(problem(asked), {"Import a folder with class folders under train/"}), problem(asked).c_str());
    }

    void aDiskThatIsTooSmallForbidsTheStart() {
        auto asked = params();
        asked.train.settings.machine.keep_checkpoints = 100000;
        const auto found = check(asked);
        const auto free = static_cast<int64_t>(fs::space(world_.project()).available);
        QCOMPARE(found.problems.empty(), free >= found.disk_bytes);
    }
};

REST_TEST(TestTrainCheck)
#include "test_train_check.moc"
