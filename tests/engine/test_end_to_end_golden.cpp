// SPDX-License-Identifier: GPL-3.0-or-later
// A video file's complete path to its caption: decoded, cached, viewed, encoded, searched. Caption and score are those
// of FFmpeg, Pillow and transformers.
#include <QtTest/QtTest>

#include "core/engine/inference/caption_job.h"
#include "core/engine/inference/caption_maker.h"
#include "core/engine/inference/clip_store.h"
#include "tests/engine/recorder.h"
#include "tests/support/golden.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::engine;
using namespace rest::test;

namespace fs = std::filesystem;

class TestEndToEndGolden : public QObject {
    Q_OBJECT

    static TrainSettings settings_of(const nlohmann::json& golden) {
        TrainSettings settings;
        settings.clips.frames = golden["frames"];
        settings.clips.image_size = 0;  // the captioner's own
        settings.generation.train_prompt = golden["prompt"];
        settings.generation.beams = golden["settings"]["num_beams"];
        settings.generation.max_length = golden["settings"]["max_length"];
        settings.generation.min_length = golden["settings"]["min_length"];
        settings.machine.device = test_device().str();
        settings.machine.precision = engine::Precision::fp32;
        return settings;
    }

    static void compare(const std::string& caption, double score, const nlohmann::json& wanted) {
        QCOMPARE(caption, wanted["caption"].get<std::string>());
        const double exact = wanted["score"];
        const double found = std::abs(score - exact) / std::max(1.0, std::abs(exact));
        qInfo("\"%s\": score %.6f, %.1e from the golden data", caption.c_str(), score, found);
        QVERIFY2(found <= allowed(wanted, "distance", 1e-5), qPrintable(QString::number(found)));
    }

  private Q_SLOTS:
    /// Step by step, once with decoded frames and once with those from the cache.
    void throughTheFrameCache() {
        REST_REFERENCE_OR_SKIP(folder, "golden/end_to_end");
        const auto golden = read_json(folder / "expected.json");
        const auto settings = settings_of(golden);
        const auto machine = prepare_machine(settings.machine);
        const auto captioner =
            load_captioner(folder / "captioner", settings.clips, settings.optimisation.seed, machine);
        const CaptionMaker captions(captioner, settings.generation, machine, 1);
        for (const auto& wanted : golden["clips"]) {
            const QTemporaryDir cache;
            const auto file = (folder / wanted["file"].get<std::string>()).string();
            ClipStoreSettings clips{.view = captioner.model.sizes.vision.image};
            clips.cache.folder = cache.path().toStdString();
            clips.cache.samples = static_cast<int>(settings.clips.frames);
            clips.cache.short_side = wanted["short_side"];
            for (const bool kept : {false, true}) {
                QCOMPARE(fs::is_empty(clips.cache.folder), !kept);
                const ClipStore store(clips, {{.name = file, .path = file}});
                std::vector<int64_t> shape = store.clip_shape();
                shape.insert(shape.begin(), 1);
                const auto views = torch::empty(shape, torch::kUInt8);
                store.test_views(std::vector<int64_t>{0}, views);
                QVERIFY(store.readable(0));
                const auto made = captions.of_clips(views);
                compare(made.at(0).text, made[0].score, wanted);
                if (QTest::currentTestFailed()) return;
            }
        }
    }

    /// As `rest caption` does it, all clips in one batch.
    void byTheCaptionJob() {
        REST_REFERENCE_OR_SKIP(folder, "golden/end_to_end");
        const auto golden = read_json(folder / "expected.json");
        const auto settings = settings_of(golden);
        CaptionParams params{.captioner = folder / "captioner",
                             .generation = settings.generation,
                             .input = settings.clips,
                             .machine = settings.machine};
        std::vector<nlohmann::json> wanted;
        for (const auto& clip : golden["clips"]) {
            if (clip["short_side"] != media::FrameCacheSettings{}.short_side) continue;
            params.clips.push_back(folder / clip["file"].get<std::string>());
            wanted.push_back(clip);
        }
        QVERIFY(wanted.size() > 1);
        std::vector<CaptionResult> made;
        TaskControl control;
        run_here(*make_caption_job(params, [&](auto results) { made = std::move(results); }), {}, control);
        QCOMPARE(made.size(), wanted.size());
        for (size_t i = 0; i < made.size(); ++i) {
            QCOMPARE(made[i].problem, std::string());
            compare(made[i].caption, made[i].score, wanted[i]);
            if (QTest::currentTestFailed()) return;
        }
    }
};

REST_TEST(TestEndToEndGolden)
#include "test_end_to_end_golden.moc"
