// SPDX-License-Identifier: GPL-3.0-or-later
// A baseline needs its own weights and no others of the project's.
#include "core/tensor/libtorch.h"

#include <QtTest/QtTest>

#include "core/base/paths.h"
#include "core/engine/inference/model_files.h"
#include "core/engine/measure/baselines.h"
#include "core/engine/measure/evaluate_job.h"
#include "tests/engine/clip_world.h"
#include "tests/support/error_text.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::engine;
using namespace rest::test;

namespace fs = std::filesystem;

class TestBaselines : public QObject {
    Q_OBJECT

    QTemporaryDir home_;

    static EvaluateResult evaluate(const ClipWorld& world, store::RunKind kind, const fs::path& model) {
        EvaluateParams params{.project = world.project(), .kind = kind, .model = model, .settings = preset("demo")};
        params.settings.machine.device = "cpu";
        params.settings.machine.threads = 1;
        EvaluateResult result;
        TaskControl control;
        run_here(*make_evaluate_job(params, [&](const EvaluateResult& found) { result = found; }), {}, control);
        return result;
    }

    static ClipWorld& filled(ClipWorld& world, const store::ProjectModels& models) {
        world.fill();
        world.import();
        store::Project::open(world.project()).set_models(models);
        return world;
    }

    static fs::path demo(const char* name) { return resources_dir() / "demo" / name; }

  private Q_SLOTS:
    /// No model but the demo's is here.
    void initTestCase() {
        qputenv("XDG_DATA_HOME", home_.path().toUtf8());
        qputenv("HF_HUB_CACHE", home_.filePath(QStringLiteral("hub")).toUtf8());
    }

    void theProjectsCaptionerMayBeAbsent() {
        ClipWorld world;
        filled(world, {.captioner = "blip-large", .clip = {}});
        const auto result = evaluate(world, store::RunKind::blip, demo("blip"));
        QCOMPARE(result.run_name, std::string("Captioner demo/blip"));
        QCOMPARE(result.predictions.size(), size_t{2});
        const auto said = error_text([&] { evaluate(world, store::RunKind::blip, {}); });
        QVERIFY2(says(said, {"blip-large", "rest models get"}), said.c_str());
    }

    void theProjectsClipMayBeAbsentWhereAnotherRanks() {
        ClipWorld world;
        filled(world, {.captioner = {}, .clip = "clip-vit-l-14"});
        const auto result = evaluate(world, store::RunKind::clip, demo("clip"));
        QCOMPARE(result.predictions.size(), size_t{2});
        QCOMPARE(result.model, demo("clip").string());
        const auto said = error_text([&] { evaluate(world, store::RunKind::clip, {}); });
        QVERIFY2(says(said, {"clip-vit-l-14"}), said.c_str());
    }

    void weightsAreNamed() {
        const store::ProjectModels absent{.captioner = "blip-large", .clip = "clip-vit-l-14"};
        for (const auto kind : {store::RunKind::blip, store::RunKind::clip, store::RunKind::blip_retrieval}) {
            QCOMPARE(baseline_weights(kind, "/some/folder", absent), fs::path("/some/folder"));
            const auto said = error_text([&] { baseline_weights(kind, "blip-itm-base-coco", absent); });
            QVERIFY2(says(said, {"blip-itm-base-coco", "rest models get"}), said.c_str());
        }
        QCOMPARE(baseline_weights(store::RunKind::clip, {}, {}), demo("clip"));
        QVERIFY(says(error_text([&] { baseline_weights(store::RunKind::blip_retrieval, {}, {}); }), {"matching"}));
    }

    void adaptersAreSeenWithoutReadingWeights() {
        QVERIFY(!has_temporal_adapter(demo("blip")));
        QVERIFY(!has_temporal_adapter("/no/such/model"));
    }
};

REST_TEST(TestBaselines)
#include "test_baselines.moc"
