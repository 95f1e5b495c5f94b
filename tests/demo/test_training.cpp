// SPDX-License-Identifier: GPL-3.0-or-later
// Algorithm 1 from end to end on a small demo world with the models shipped with the program.
#include "core/tensor/libtorch.h"

#include <QtTest/QtTest>
#include <cstdio>

#include "core/checkpoint/safetensors.h"
#include "core/demo/demo_job.h"
#include "core/demo/world/generator.h"
#include "core/engine/imports/import_job.h"
#include "core/engine/run/sweep.h"
#include "core/engine/run/train_job.h"
#include "core/store/project.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::store;
namespace fs = std::filesystem;

namespace {

/// Small enough for a test, large enough for every part of the algorithm to run.
engine::TrainSettings small_settings() {
    auto s = engine::preset("demo");
    s.optimisation.epochs = 4;
    s.retrieval.epochs_per_retrieval = 2;
    s.retrieval.retrievals = 2;
    s.retrieval.neighbours = 6;
    s.optimisation.batch_size = 8;
    s.machine.keep_checkpoints = 10;
    s.clips.augment = true;
    return s;
}

checkpoint::Weights final_weights(const Project& project, RunId run) {
    const auto epoch = project.run(run)->epoch;
    char name[32];
    std::snprintf(name, sizeof name, "epoch_%04d", epoch);
    return checkpoint::read_safetensors(project.checkpoints_dir(run) / name / "model.safetensors");
}

bool equal(const checkpoint::Weights& a, const checkpoint::Weights& b) {
    if (a.size() != b.size()) return false;
    for (const auto& [name, tensor] : a) {
        if (!b.contains(name) || !torch::equal(tensor, b.at(name))) return false;
    }
    return true;
}

}  // namespace

class TestTraining : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    fs::path project_;

    static engine::Listener ignore() {
        return [](const engine::Event&) {};
    }

    RunId train(const engine::TrainSettings& settings, std::optional<RunId> resume = {}) {
        TaskControl control;
        engine::run_here(*engine::make_train_job({.project = project_, .settings = settings, .resume = resume}),
                         ignore(), control);
        return resume ? *resume : Project::open(project_, OpenMode::read_only).runs().back().id;
    }

    /// Trains until the given batch, then cancels.
    RunId train_and_cancel(const engine::TrainSettings& settings, int64_t at_batch) {
        TaskControl control;
        const engine::Listener listener = [&](const engine::Event& event) {
            const auto* metric = std::get_if<engine::MetricAdded>(&event);
            if (metric != nullptr && metric->point.name == "loss" && metric->point.position == at_batch)
                control.cancel();
        };
        bool cancelled = false;
        try {
            engine::run_here(*engine::make_train_job({.project = project_, .settings = settings}), listener, control);
        } catch (const Cancelled&) {
            cancelled = true;
        }
        if (!cancelled) qFatal("the run was not cancelled");
        return Project::open(project_, OpenMode::read_only).runs().back().id;
    }

  private Q_SLOTS:
    void initTestCase() {
        const fs::path folder = dir_.path().toStdString();
        SilentTask task;
        demo::generate_world(folder / "world", {.seed = 3, .train_per_class = 1, .val_per_class = 1}, task);
        project_ = Project::create(folder / "test").folder();  // closed again: the jobs write to it
        TaskControl control;
        engine::run_here(*engine::make_import_job({project_, folder / "world", dataset::Layout::automatic}), ignore(),
                         control);
    }

    void everyStepIsKeptWithProvenance() {
        const auto run = train(small_settings());
        const auto project = Project::open(project_, OpenMode::read_only);
        QCOMPARE(project.run(run)->status, RunStatus::finished);
        QCOMPARE(project.last_step(run), 1);
        int retrieved = 0;
        for (const auto& video : project.videos()) {
            if (video.split != dataset::Split::train) continue;
            for (const int step : {0, 1}) {
                const auto list = project.captions(run, video.id, step);
                QVERIFY(!list.empty() && list.size() <= 3);
                for (size_t i = 0; i < list.size(); ++i) {
                    if (i > 0) QVERIFY(list[i - 1].clip_score >= list[i].clip_score);
                    QVERIFY2(list[i].maker.has_value(), list[i].text.c_str());
                    QCOMPARE(list[i].maker->video, list[i].source_video);
                    retrieved += list[i].origin == CaptionOrigin::retrieved;
                }
            }
        }
        QVERIFY(retrieved > 0);
        QCOMPARE(project.metrics(run, "clip_tam_top1").size(), size_t{3});
    }

    void aResumedRunEqualsAnUnbrokenOne() {
        const auto settings = small_settings();
        const auto unbroken = train(settings);
        const int64_t per_epoch = 3;  // 20 clips in batches of 8
        for (const int64_t batch : {int64_t{1}, per_epoch * 2 + 1}) {
            const auto broken = train_and_cancel(settings, batch);
            QCOMPARE(Project::open(project_, OpenMode::read_only).run(broken)->status, RunStatus::cancelled);
            train(settings, broken);
            const auto project = Project::open(project_, OpenMode::read_only);
            QVERIFY(equal(final_weights(project, unbroken), final_weights(project, broken)));
            const auto a = project.metrics(unbroken, "loss"), b = project.metrics(broken, "loss");
            QCOMPARE(a.size(), b.size());
            for (size_t i = 0; i < a.size(); ++i) QCOMPARE(a[i].value, b[i].value);
            for (const auto& video : project.videos()) {
                const auto x = project.captions(unbroken, video.id, 1), y = project.captions(broken, video.id, 1);
                QCOMPARE(x.size(), y.size());
                for (size_t i = 0; i < x.size(); ++i) QCOMPARE(x[i].text, y[i].text);
            }
        }
    }

    void labelsNeverReachTraining() {
        auto settings = small_settings();
        settings.optimisation.epochs = 2;
        const auto honest = train(settings);
        auto videos = Project::open(project_, OpenMode::read_only).videos();
        {
            auto project = Project::open(project_);
            auto shuffled = videos;
            for (size_t i = 0; i < videos.size(); ++i) shuffled[i].label = videos[(i + 7) % videos.size()].label;
            project.put_videos(shuffled);
        }
        const auto misled = train(settings);
        auto project = Project::open(project_);
        project.put_videos(videos);
        QVERIFY(equal(final_weights(project, honest), final_weights(project, misled)));
        QVERIFY(project.metrics(honest, "clip_tam_top5").back().value !=
                    project.metrics(misled, "clip_tam_top5").back().value ||
                project.metrics(honest, "clip_tam_top1").back().value !=
                    project.metrics(misled, "clip_tam_top1").back().value);
    }

    void aSweepGoesOnWhereItStopped() {
        const auto count = [this] { return Project::open(project_, OpenMode::read_only).runs().size(); };
        const auto before = count();
        engine::SweepParams params{
            .project = project_, .base = small_settings(), .axes = {engine::sweep_axis("H=1,4")}};
        params.base.optimisation.epochs = params.base.retrieval.epochs_per_retrieval = 1;
        params.base.retrieval.retrievals = 1;
        params.base.optimisation.seed = 77;
        std::vector<engine::SweepCell> cells;
        const auto sweep = [&](const engine::Listener& listener, TaskControl& control) {
            engine::run_here(
                *engine::make_sweep_job(params, [&](const std::vector<engine::SweepCell>& result) { cells = result; }),
                listener, control);
        };
        TaskControl stopped;
        const engine::Listener stop_in_second_run = [&](const engine::Event& event) {
            if (std::holds_alternative<engine::MetricAdded>(event) && count() == before + 2) stopped.cancel();
        };
        QVERIFY_EXCEPTION_THROWN(sweep(stop_in_second_run, stopped), Cancelled);
        QVERIFY(cells.empty());
        TaskControl control;
        sweep(ignore(), control);
        QCOMPARE(count(), before + 2);  // one reused, one resumed
        QCOMPARE(cells.size(), size_t{2});
        const auto project = Project::open(project_, OpenMode::read_only);
        for (const auto& cell : cells) {
            QCOMPARE(project.run(cell.runs.at(0))->status, RunStatus::finished);
            QCOMPARE(cell.top1.at(0), project.metrics(cell.runs[0], "clip_tam_top1").back().value);
        }
        QVERIFY(cells[0].runs != cells[1].runs);
    }

    void aClipThatCannotBeReadStopsNothing() {
        const auto videos = Project::open(project_, OpenMode::read_only).videos();
        const fs::path clip = videos.front().path;
        const auto away = clip.string() + ".away";
        fs::rename(clip, away);
        // Another number of samples, so that no cached frame can be used instead.
        auto settings = small_settings();
        settings.optimisation.epochs = 1;
        settings.clips.frames = 4;
        const auto run = train(settings);
        fs::rename(away, clip);
        const auto project = Project::open(project_, OpenMode::read_only);
        QCOMPARE(project.run(run)->status, RunStatus::finished);
        QVERIFY(project.generated_for(run, videos.front().id).empty());
    }
};

REST_TEST(TestTraining)
#include "test_training.moc"
