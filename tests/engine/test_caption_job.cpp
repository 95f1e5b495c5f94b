// SPDX-License-Identifier: GPL-3.0-or-later
// Captions without a project, by the demo's captioner.
#include "core/tensor/libtorch.h"

#include <QtTest/QtTest>

#include "core/base/paths.h"
#include "core/checkpoint/checkpoint.h"
#include "core/engine/inference/caption_job.h"
#include "tests/engine/clip_world.h"
#include "tests/engine/recorder.h"
#include "tests/support/error_text.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::engine;
using namespace rest::test;

namespace fs = std::filesystem;

class TestCaptionJob : public QObject {
    Q_OBJECT

    ClipWorld world_;

    CaptionParams params(std::vector<fs::path> clips) const {
        const auto demo = preset("demo");
        return {std::move(clips), resources_dir() / "demo" / "blip", demo.generation, demo.clips, demo.machine};
    }

    static std::vector<CaptionResult> results(const CaptionParams& params, std::string* line = nullptr) {
        TaskControl control;
        std::vector<CaptionResult> out;
        const auto said = run_here(*make_caption_job(params, [&](auto made) { out = std::move(made); }), {}, control);
        if (line != nullptr) *line = said;
        return out;
    }

  private Q_SLOTS:
    void everyClipGetsACaptionOrAProblem() {
        const std::vector<fs::path> clips = {world_.add_clip("a.mp4"), world_.add_damaged("broken.mp4"),
                                             world_.data() / "nowhere.mp4", world_.add_clip("short.mp4", 1)};
        std::string line;
        const auto made = results(params(clips), &line);
        QCOMPARE(line, std::string("2 clips captioned, 2 could not be read"));
        QCOMPARE(made.size(), clips.size());
        for (size_t i = 0; i < made.size(); ++i) {
            QCOMPARE(made[i].file, clips[i].string());
            const bool unread = i == 1 || i == 2;
            QCOMPARE(made[i].caption.empty(), unread);
            QCOMPARE(made[i].problem.empty(), !unread);
        }
        QVERIFY(made[0].score < 0);  // a log probability
    }

    /// Clips are captioned in batches of eight.
    void aCaptionDoesNotDependOnTheClipsBesideIt() {
        std::vector<fs::path> clips;
        for (int i = 1; i <= 9; ++i) clips.push_back(world_.add_clip(std::to_string(i) + ".mp4", i));
        const auto together = results(params(clips));
        QCOMPARE(together.size(), clips.size());
        for (const size_t i : {size_t{0}, size_t{8}}) {
            const auto alone = results(params({clips[i]}));
            QCOMPARE(alone[0].caption, together[i].caption);
            QVERIFY(std::abs(alone[0].score - together[i].score) < 1e-4);
        }
    }

    /// A captioner that was not trained here is used as published: no adapter of random weights.
    void aPlainCaptionerIsUsedAsItIs() {
        auto asked = params({world_.add_clip("a.mp4")});
        asked.input.temporal_adapter = true;
        const auto as_it_is = results(asked);
        asked.input.temporal_adapter = false;
        QCOMPARE(results(asked)[0].score, as_it_is[0].score);
        QCOMPARE(results(asked)[0].caption, as_it_is[0].caption);
    }

    void trainedAdaptersAreUsed_data() {
        QTest::addColumn<bool>("folder");
        QTest::newRow("folder") << true;
        QTest::newRow("file") << false;
    }

    void trainedAdaptersAreUsed() {
        QFETCH(bool, folder);
        auto asked = params({world_.add_clip("a.mp4")});
        const auto plain = results(asked);
        auto trained = checkpoint::read_checkpoint(asked.captioner);
        trained.kind = checkpoint::CheckpointKind::gar;
        torch::manual_seed(7);
        for (const auto& [name, shape] : checkpoint::expected_tensors(trained.kind, trained.sizes)) {
            if (name.starts_with("temporal_adapter.")) trained.weights[name] = 0.05 * torch::randn(shape);
        }
        const auto place = world_.root() / "trained";
        checkpoint::write_blip_folder(place, trained, asked.captioner);
        asked.captioner = folder ? place : place / "model.safetensors";
        const auto with = results(asked);
        QVERIFY(with[0].score != plain[0].score);
        asked.input.temporal_adapter = false;
        QCOMPARE(results(asked)[0].score, plain[0].score);
    }

    void whatIsNoCaptionerIsNamed() {
        auto settings = params({world_.add_clip("a.mp4")});
        settings.captioner = resources_dir() / "demo" / "clip";
        auto text = error_text([&] { results(settings); });
        QVERIFY2(says(text, {settings.captioner.string(), "kind clip", "blip_captioner is needed"}), text.c_str());
        settings.captioner = "/nowhere/blip";
        text = error_text([&] { results(settings); });
        QVERIFY2(says(text, {"/nowhere/blip"}), text.c_str());
    }

    void aDeviceThatIsNotThereIsNamed() {
        auto settings = params({world_.add_clip("a.mp4")});
        settings.machine.device = "abacus";
        auto text = error_text([&] { results(settings); });
        QVERIFY2(says(text, {"device = abacus", "auto, cpu, cuda or cuda:n"}), text.c_str());
        settings.machine.device = "cuda:99";  // missing on every machine
        text = error_text([&] { results(settings); });
        QVERIFY2(says(text, {"device = cuda:99", "CUDA"}), text.c_str());
    }

    void aCancelledJobHandsNothingOver() {
        TaskControl control;
        bool handed_over = false;
        const Listener cancels = [&](const Event& event) {
            if (std::holds_alternative<JobProgress>(event)) control.cancel();
        };
        const auto job = make_caption_job(params({world_.add_clip("a.mp4")}), [&](const auto&) { handed_over = true; });
        QVERIFY_THROWS_EXCEPTION(Cancelled, run_here(*job, cancels, control));
        QVERIFY(!handed_over);
    }
};

REST_TEST(TestCaptionJob)
#include "test_caption_job.moc"
