// SPDX-License-Identifier: GPL-3.0-or-later
// What is reported before a long run starts.
#include <QtTest/QtTest>

#include <nlohmann/json.hpp>

#include "core/base/atomic_file.h"
#include "core/checkpoint/files/config_json.h"
#include "core/checkpoint/files/model_sizes.h"
#include "core/engine/inference/model_files.h"
#include "core/engine/run/train_check_job.h"
#include "tests/engine/clip_world.h"
#include "tests/engine/recorder.h"
#include "tests/support/error_text.h"
#include "tests/support/processor_timer.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::engine;
using namespace rest::test;

namespace fs = std::filesystem;

namespace {

/// A captioner with BLIP's large encoder at 384 pixels: 1.8 GB of weights as a hole in a sparse file.
fs::path make_large_captioner(const fs::path& folder) {
    checkpoint::ModelSizes sizes;
    sizes.vision = {.hidden = 1024, .layers = 24, .heads = 16, .mlp = 4096, .image = 384, .patch = 16};
    sizes.text.encoder_hidden = 1024;
    nlohmann::json header;
    uint64_t at = 0;
    for (const auto& [name, shape] : checkpoint::expected_tensors(checkpoint::CheckpointKind::blip_captioner, sizes)) {
        uint64_t bytes = 4;
        for (const int64_t size : shape) bytes *= static_cast<uint64_t>(size);
        header[name] = {{"dtype", "F32"}, {"shape", shape}, {"data_offsets", {at, at + bytes}}};
        at += bytes;
    }
    const std::string text = header.dump();
    std::string file;
    for (int byte = 0; byte < 8; ++byte) file += static_cast<char>(text.size() >> (8 * byte) & 0xff);
    write_file_atomically(folder / "model.safetensors", file + text);
    fs::resize_file(folder / "model.safetensors", file.size() + text.size() + at);
    const auto config = checkpoint::make_config(checkpoint::CheckpointKind::blip_captioner, sizes, nullptr);
    write_file_atomically(folder / "config.json", config.dump());
    fs::copy_file(captioner_folder({}) / "vocab.txt", folder / "vocab.txt");
    return folder;
}

}  // namespace

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

    /// The only problem found.
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

    /// Of a large model only the names and shapes are read, and only a part of it is timed.
    void aLargeModelTakesNoLonger() {
        const QTemporaryDir dir;
        const auto large = make_large_captioner(dir.path().toStdString());
        fs::copy_file(captioner_folder({}) / "preprocessor_config.json", large / "preprocessor_config.json");
        auto asked = params();
        asked.train.settings = preset("paper");
        asked.train.settings.retrieval.neighbours = 2;
        asked.train.settings.machine.threads = 1;
        asked.train.settings.supervision.start_from = large.string();
        asked.trial_batches = true;
        ProcessorTimer timer;
        const auto found = check(asked);
        const double spent = timer.seconds();
        for (const auto& one : found.problems) QVERIFY2(says(one, {"of disk are needed"}), one.c_str());
        QVERIFY(found.seconds > 0);
        QVERIFY2(says(found.extrapolated_from, {"1 of 64 clips", "of 24 layers"}), found.extrapolated_from.c_str());
        QCOMPARE(found.notes.size(), size_t{1});
        QVERIFY2(says(found.notes[0], {large.string(), "were not read"}), found.notes[0].c_str());
        QVERIFY(found.memory_bytes > int64_t{16} * 400'000'000);  // weights, gradients and moments of the whole model
        qInfo("the check took %.1f s of the processor", spent);
#ifndef REST_INSTRUMENTED
        QVERIFY2(spent < 15, std::to_string(spent).c_str());
#endif
        // Damage to the file is detected nevertheless.
        fs::resize_file(large / "model.safetensors", fs::file_size(large / "model.safetensors") - 4096);
        QVERIFY2(says(problem(asked), {"model.safetensors", "damaged"}), problem(asked).c_str());
    }

    void aLargeModelInPiecesTakesNoLongerEither() {
        const QTemporaryDir dir;
        const auto large = make_large_captioner(dir.path().toStdString());
        const std::string piece = "model-00001-of-00001.safetensors";
        fs::rename(large / "model.safetensors", large / piece);
        const nlohmann::json map = {{"text_decoder.cls.predictions.bias", piece}};
        write_file_atomically(large / "model.safetensors.index.json", nlohmann::json{{"weight_map", map}}.dump());
        auto asked = params();
        asked.train.settings.supervision.start_from = large.string();
        const auto found = check(asked);
        QVERIFY2(mentions(found.notes, "were not read"), found.notes.empty() ? "" : found.notes[0].c_str());
    }

    /// Assumptions about a model are reported whether its weights are read or not.
    void whatIsAssumedOfALargeModelIsSaid() {
        const QTemporaryDir dir;
        const auto large = make_large_captioner(dir.path().toStdString());
        fs::remove(large / "config.json");
        fs::remove(large / "preprocessor_config.json");
        auto asked = params();
        asked.train.settings.supervision.start_from = large.string();
        const auto found = check(asked);
        QVERIFY(mentions(found.notes, "were not read"));
        QVERIFY(mentions(found.notes, "Assumed"));
    }

    void whatIsGoneIsNamedAndAnotherClipIsTried() {
        const ClipWorld world;
        world.fill();
        world.import();
        fs::remove(world.data() / "train/rowing/a.mp4");
        auto asked = params();
        asked.train.project = world.project();
        asked.train.settings.supervision.unreadable_share = 0.5;
        asked.trial_batches = true;
        const auto found = check(asked);
        QVERIFY(found.problems.empty());
        QVERIFY(mentions(found.notes, "1 of 3 train clips are not there"));
        QVERIFY(mentions(found.notes, "a.mp4 cannot be read"));
        QVERIFY(found.seconds > 0);
        asked.train.settings.supervision.unreadable_share = 0.2;
        QVERIFY2(says(problem(asked), {"1 of 3 train clips are not there", "a.mp4"}), problem(asked).c_str());
        for (const char* clip : {"train/rowing/b.mp4", "train/tai_chi/c.mp4"}) fs::remove(world.data() / clip);
        fs::remove_all(world.project() / "frames");  // of the trial
        const auto none = check(asked);
        QVERIFY(mentions(none.problems, "3 of 3 train clips are not there"));
        QVERIFY(mentions(none.problems, "None of the clips tried can be read"));
        QCOMPARE(none.seconds, -1.0);
    }

    void aProjectOfManyVideosTakesNoLonger() {
        const ClipWorld many;
        many.add_clip("train/a.mp4");
        many.import();
        {
            auto project = store::Project::open(many.project());
            std::vector<store::VideoRecord> videos(100'000, project.videos().front());
            for (size_t i = 0; i < videos.size(); ++i) {
                videos[i].id = 0;
                videos[i].name = "train/" + std::to_string(i) + ".mp4";
            }
            project.put_videos(videos);
        }
        auto asked = params();
        asked.train.project = many.project();
        asked.trial_batches = true;
        ProcessorTimer timer;
        const auto found = check(asked);
        const double spent = timer.seconds();
        QCOMPARE(found.train_videos, int64_t{100'001});
        QVERIFY(found.seconds > 0);
        qInfo("the check took %.1f s of the processor", spent);
#ifndef REST_INSTRUMENTED
        QVERIFY2(spent < 15, std::to_string(spent).c_str());
#endif
    }

    void cancellingEndsTheTrial() {
        auto asked = params();
        asked.trial_batches = true;
        TaskControl control;
        bool told = false;
        const auto job = make_train_check_job(asked, [&](const auto&) { told = true; });
        QVERIFY(job->is_brief());
        const Listener cancel = [&](const Event& event) {
            const auto* progress = std::get_if<JobProgress>(&event);
            if (progress && progress->progress.stage == "Trial") control.cancel();
        };
        QVERIFY_THROWS_EXCEPTION(Cancelled, run_here(*job, cancel, control));
        QVERIFY(!told);
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
