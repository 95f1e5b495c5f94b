// SPDX-License-Identifier: GPL-3.0-or-later
// Evaluating runs and baselines, and learning from class names, on a small demo world.
#include <QtTest/QtTest>

#include <algorithm>
#include <fstream>
#include <set>

#include "core/demo/world/generator.h"
#include "core/engine/imports/import_job.h"
#include "core/engine/measure/evaluate_job.h"
#include "core/engine/run/train_job.h"
#include "core/store/project.h"
#include "tests/demo/brief_settings.h"
#include "tests/support/test_program.h"

using namespace rest;
namespace fs = std::filesystem;

class TestEvaluation : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    fs::path project_;
    store::RunId run_ = 0;

    static engine::Listener ignore() {
        return [](const engine::Event&) {};
    }

    store::Project open() const { return store::Project::open(project_, store::OpenMode::read_only); }

    store::RunId train(const engine::TrainSettings& settings) const {
        TaskControl control;
        engine::run_here(*engine::make_train_job({.project = project_, .settings = settings}), ignore(), control);
        return open().runs().back().id;
    }

    engine::EvaluateResult evaluate(engine::EvaluateParams params) const {
        params.project = project_;
        TaskControl control;
        engine::EvaluateResult out;
        engine::run_here(*engine::make_evaluate_job(params, [&](const engine::EvaluateResult& r) { out = r; }),
                         ignore(), control);
        return out;
    }

    std::string list_of(const std::vector<std::string>& names) const {
        const auto path = fs::path(dir_.path().toStdString()) / "list.txt";
        std::ofstream file(path);
        for (const auto& name : names) file << name << "\n";
        return path.string();
    }

  private Q_SLOTS:
    void initTestCase() {
        const fs::path folder = dir_.path().toStdString();
        SilentTask task;
        demo::generate_world(folder / "world", {.seed = 3, .train_per_class = 1, .val_per_class = 1}, task);
        project_ = store::Project::create(folder / "test").folder();
        TaskControl control;
        engine::run_here(*engine::make_import_job({project_, folder / "world", dataset::Layout::automatic}), ignore(),
                         control);
        run_ = train(test::brief_settings());
    }

    void anEvaluationTellsWhatTheRunMeasured() {
        const auto result = evaluate({});
        QCOMPARE(result.run, run_);
        QCOMPARE(result.epoch, 1);
        QCOMPARE(result.step, 0);
        QCOMPARE(result.class_templates, std::vector<std::string>{"{}"});
        QCOMPARE(result.report.counted, int64_t{24});
        QCOMPARE(result.report.top1, open().metrics(run_, "clip_tam_top1").back().value);
        QCOMPARE(result.seen.clips, int64_t{20});
        QCOMPARE(result.novel.clips, int64_t{4});
        const double together = (result.seen.top1 * 20 + result.novel.top1 * 4) / 24;
        QVERIFY(std::abs(together - result.report.top1) < 1e-9);
        QCOMPARE(result.predictions.size(), size_t{24});
    }

    void captionsThatAreThereAreNotMadeAgain() {
        const auto writer = store::Project::open(project_);  // holds the lock, so nothing could be stored
        const auto first = evaluate({.epoch = 0});
        QCOMPARE(first.report.top1, writer.metrics(run_, "clip_tam_top1").front().value);
        const auto written = evaluate({.class_templates = {"a video of {}", "{}"}});
        QCOMPARE(written.class_templates.size(), size_t{2});
        QCOMPARE(written.report.counted, int64_t{24});
    }

    void lostCaptionsAreMadeFromTheCheckpointAndKept() {
        const auto before = evaluate({});
        auto settings = test::brief_settings();
        settings.measurement.evaluate = false;
        const auto run = train(settings);
        QVERIFY(open().predictions(run, 1).empty());
        const auto after = evaluate({.run = run});
        QCOMPARE(after.report.top1, before.report.top1);
        QCOMPARE(open().predictions(run, 1).size(), size_t{24});
    }

    void blipIsTheRunBeforeTraining() {
        const auto blip = evaluate({.kind = store::RunKind::blip});
        QCOMPARE(blip.report.top1, evaluate({.run = run_, .epoch = 0}).report.top1);
        QVERIFY(blip.captions.captions == 24);
        QCOMPARE(open().run(blip.run)->kind, store::RunKind::blip);
        QCOMPARE(evaluate({.kind = store::RunKind::blip}).run, blip.run);  // not measured twice
    }

    void clipNamesMostActionsByItself() {
        const auto clip = evaluate({.kind = store::RunKind::clip});
        QVERIFY(clip.report.top1 > 75);
        const auto classes = open().classes();
        for (const auto& p : open().predictions(clip.run, 0)) QCOMPARE(p.caption, classes.at(p.predicted));
    }

    void blipInClipModeWantsItsCheckpoint() {
        QVERIFY_EXCEPTION_THROWN(evaluate({.kind = store::RunKind::blip_retrieval}), Error);
        QVERIFY_EXCEPTION_THROWN(evaluate({.kind = store::RunKind::blip_retrieval, .model = open().models().clip}),
                                 Error);
    }

    void whatIsNotThereIsNamed() {
        QVERIFY_EXCEPTION_THROWN(evaluate({.run = 4711}), Error);
        QVERIFY_EXCEPTION_THROWN(evaluate({.epoch = 99}), Error);
        QVERIFY_EXCEPTION_THROWN(evaluate({.class_templates = {"no place"}}), Error);
    }

    void classNamesAreLearntAsTheyStand() {
        auto settings = test::brief_settings();
        settings.supervision.learn_from = engine::LearnFrom::class_names;
        settings.optimisation.epochs = 2;
        const auto run = train(settings);
        const auto project = open();
        const auto classes = project.classes();
        for (const auto& video : project.videos()) {
            if (video.split != dataset::Split::train) continue;
            const auto list = project.captions(run, video.id, 0);
            QCOMPARE(list.size(), size_t{1});
            QCOMPARE(list[0].text, classes.at(video.label));
            QCOMPARE(list[0].maker->model, std::string("class name"));
        }
        QCOMPARE(project.last_step(run), 0);
    }

    void listsChooseTheClips() {
        std::vector<std::string> names;
        for (const auto& video : open().videos()) {
            if (video.split == dataset::Split::train && names.size() < 5) names.push_back(video.name);
        }
        auto settings = test::brief_settings();
        settings.supervision.train_list = settings.supervision.test_list = list_of(names);
        const auto run = train(settings);
        const auto project = open();
        std::set<store::VideoId> captioned;
        for (const auto& row : project.generated(run, 0)) captioned.insert(row.video);
        QCOMPARE(captioned.size(), size_t{5});
        QCOMPARE(project.predictions(run, 1).size(), size_t{5});
        settings.supervision.train_list = list_of({"of another set.mp4"});
        QVERIFY_EXCEPTION_THROWN(train(settings), Error);
        settings.supervision.train_list = "/nowhere/list.txt";
        QVERIFY_EXCEPTION_THROWN(train(settings), Error);
    }

    void aRunStartsFromAnothersWeights() {
        auto settings = test::brief_settings();
        const auto checkpoint = project_ / "checkpoints" / ("run_" + std::to_string(run_)) / "epoch_0001";
        settings.supervision.start_from = checkpoint.string();
        const auto run = train(settings);
        QCOMPARE(evaluate({.run = run, .epoch = 0}).report.top1, evaluate({.run = run_, .epoch = 1}).report.top1);
    }
};

REST_TEST(TestEvaluation)
#include "test_evaluation.moc"
