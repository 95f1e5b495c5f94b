// SPDX-License-Identifier: GPL-3.0-or-later
// Training that reaches NaN or infinity stops at the batch that caused it; the last good checkpoint stays, and no other
// is written.
#include "core/tensor/libtorch.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/checkpoint/new_checkpoint.h"
#include "core/checkpoint/safetensors.h"
#include "core/engine/run/train_job.h"
#include "core/model/beam_search.h"
#include "core/training/diverged.h"
#include "core/training/epoch.h"
#include "tests/robustness/made_run.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::test;
namespace fs = std::filesystem;

namespace {

/// One batch per epoch, so that no later batch before the checkpoint reveals the effect of a step.
engine::TrainSettings one_batch_an_epoch() {
    auto s = engine::preset("demo");
    s.optimisation.epochs = 3;
    s.retrieval.epochs_per_retrieval = 1;
    s.retrieval.retrievals = 2;
    s.retrieval.neighbours = 6;
    s.optimisation.batch_size = 64;
    s.machine.keep_checkpoints = 10;
    s.machine.threads = 1;
    return s;
}

/// Trains and cancels after an epoch's first batch; the newest checkpoint is that of the epoch before.
void train_into_epoch(const fs::path& project, int64_t batch) {
    TaskControl control;
    const engine::Listener listener = [&](const engine::Event& event) {
        const auto* metric = std::get_if<engine::MetricAdded>(&event);
        if (metric != nullptr && metric->point.name == "loss" && metric->point.position == batch) control.cancel();
    };
    try {
        engine::run_here(*engine::make_train_job({.project = project, .settings = one_batch_an_epoch()}), listener,
                         control);
    } catch (const Cancelled&) {
    }
}

/// Sets the first element of a tensor in a checkpoint's file to `value`. The checksums are removed from its state, as
/// in old checkpoints, which have none.
void poison(const fs::path& checkpoint, const std::string& file, const std::string& tensor, float value) {
    auto weights = checkpoint::read_safetensors(checkpoint / file);
    weights.at(tensor).flatten()[0].fill_(value);
    checkpoint::write_safetensors(checkpoint / file, weights, {});
    std::ifstream in(checkpoint / "state.json");
    auto state = nlohmann::json::parse(in);
    state.erase("checksums");
    std::ofstream(checkpoint / "state.json") << state.dump();
}

bool all_finite(const checkpoint::Weights& weights) {
    return std::ranges::all_of(weights, [](const auto& entry) {
        return !entry.second.is_floating_point() || torch::isfinite(entry.second).all().template item<bool>();
    });
}

/// Resumes run 1; returns the Error that ends it.
std::optional<Error> end_of_resumed(const fs::path& project) {
    TaskControl control;
    try {
        engine::run_here(
            *engine::make_train_job({.project = project, .resume = 1}), [](const engine::Event&) {}, control);
    } catch (const Error& e) {
        return e;
    }
    return std::nullopt;
}

struct SmallTraining {
    model::GarModel model;
    training::FlatParameters flat;
    training::AdamW optimiser;

    static SmallTraining make() {
        checkpoint::ModelSizes sizes;
        sizes.vision = {.hidden = 16, .layers = 1, .heads = 2, .mlp = 32, .image = 32, .patch = 16};
        sizes.text = {
            .hidden = 16, .layers = 1, .heads = 2, .mlp = 32, .vocabulary = 50, .positions = 16, .encoder_hidden = 16};
        sizes.text.bos = 1;
        sizes.text.eos = 2;
        auto model = model::GarModel::from_checkpoint(
            checkpoint::new_checkpoint(checkpoint::CheckpointKind::blip_captioner, sizes, 3),
            {.temporal_adapter = false});
        auto flat = training::make_trainable(model);
        training::AdamW optimiser(flat, {0.9, 0.98, 1e-8, 0.001});
        return {std::move(model), std::move(flat), std::move(optimiser)};
    }

    /// Trains two batches of two clips at this learning rate; returns the videos of the batch that diverged.
    std::vector<int64_t> diverged_at(double learning_rate, std::string* message) {
        std::vector<training::TrainExample> examples;
        for (const int64_t video : {7, 3, 5, 9}) examples.push_back({video, {1, 5, 6, 7, 10 + video, 2}});
        training::EpochSettings settings{.batch_size = 2, .frames = 2};
        settings.schedule = {learning_rate, learning_rate, 10};
        SilentTask task;
        const auto loader = [](auto, const auto& to) {
            to.fill_(100);
            return std::vector<int64_t>{};
        };
        try {
            training::train_epoch(model, optimiser, examples, loader, settings, task,
                                  [](const training::BatchReport&) {});
        } catch (const training::Diverged& e) {
            *message = e.what();
            return e.videos();
        }
        return {};
    }
};

}  // namespace

class TestDiverging : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    std::unique_ptr<MadeProject> made_;

    /// Poisons the checkpoint of epoch 1 and resumes from it: checks the run's error and what is left of the run.
    void goes_on_with(const std::string& file, const std::string& tensor, float value, const char* what) {
        const auto project = made_->fresh("poisoned");
        train_into_epoch(project, 1);
        const auto checkpoints = store::Project::open(project).checkpoints_dir(1);
        const auto good = checkpoints / "epoch_0001";
        QVERIFY(fs::exists(good) && !fs::exists(checkpoints / "epoch_0002"));
        poison(good, file, tensor, value);
        const auto error = end_of_resumed(project);
        QVERIFY(error);
        const std::string message = error->what();
        QVERIFY2(message.find(what) != std::string::npos, message.c_str());
        QVERIFY2(message.find("batch 1") != std::string::npos, message.c_str());
        const auto opened = store::Project::open(project);
        const auto videos = opened.videos();
        QVERIFY2(std::ranges::any_of(videos, [&](const auto& v) { return message.find(v.name) != std::string::npos; }),
                 message.c_str());
        QVERIFY2(message.find(" more") != std::string::npos, message.c_str());
        QVERIFY2(error->remedy().find("learning_rate below") != std::string::npos, error->remedy().c_str());
        QVERIFY2(error->remedy().find("start_from=" + good.string()) != std::string::npos, error->remedy().c_str());
        QCOMPARE(opened.run(1)->status, store::RunStatus::failed);
        QVERIFY(!fs::exists(checkpoints / "epoch_0002"));
        QVERIFY(fs::exists(good) && fs::exists(checkpoints / "epoch_0000"));
    }

  private Q_SLOTS:
    void initTestCase() {
        torch::set_num_threads(1);
        qputenv("XDG_STATE_HOME", dir_.path().toUtf8());
        made_ = std::make_unique<MadeProject>(dir_.path().toStdString());
    }

    void aLossThatIsNoNumberNamesItsBatch() {
        for (const float value : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
            auto training = SmallTraining::make();
            torch::NoGradGuard no_grad;
            training.flat.values[0].fill_(value);
            at::AutoGradMode grad(true);
            std::string message;
            QCOMPARE(training.diverged_at(1e-3, &message), (std::vector<int64_t>{7, 3}));
            QVERIFY2(message.find("batch 0") != std::string::npos && message.find("loss") != std::string::npos,
                     message.c_str());
        }
    }

    void aStepThatOverflowsNamesItsBatch() {
        auto training = SmallTraining::make();
        std::string message;
        QCOMPARE(training.diverged_at(1e39, &message), (std::vector<int64_t>{7, 3}));
        QVERIFY2(message.find("batch 0") != std::string::npos && message.find("weights") != std::string::npos,
                 message.c_str());
        QVERIFY(!training.optimiser.finite());
    }

    void aSecondMomentThatOverflowsIsNoticed() {
        auto training = SmallTraining::make();
        QVERIFY(training.optimiser.finite());
        training.optimiser.restore(
            5, training.optimiser.first_moment().clone(),
            torch::full_like(training.optimiser.second_moment(), std::numeric_limits<float>::infinity()));
        QVERIFY(!training.optimiser.finite());
    }

    void aTrainingThatGoesWellIsLeftAlone() {
        auto training = SmallTraining::make();
        std::string message;
        QVERIFY(training.diverged_at(1e-3, &message).empty());
        QVERIFY(training.optimiser.finite());
    }

    void aRunWhoseLossIsNoNumberStops() {
        goes_on_with("model.safetensors", "vision_model.post_layernorm.weight", std::numeric_limits<float>::quiet_NaN(),
                     "its loss");
    }

    void aRunWhoseWeightsOverflowStops() {
        goes_on_with("optimizer.safetensors", "first_moment", 1e38f, "its weights");
    }

    void aCaptionerWithoutFiniteNumbersMakesNoCaption() {
        auto training = SmallTraining::make();
        torch::NoGradGuard no_grad;
        training.flat.values.fill_(std::numeric_limits<float>::quiet_NaN());
        const auto visual = training.model.encode(torch::zeros({2, 2, 3, 32, 32}));
        bool told = false;
        try {
            model::beam_search(training.model.decoder, training.model.decoder.project(visual), {1, 5},
                               {.max_length = 10});
        } catch (const Error& e) {
            told = e.code() == ErrorCode::diverged && !e.remedy().empty();
        }
        QVERIFY(told);
    }

    void afterwardsTheRemedyWorks() {
        const auto project = made_->fresh("again");
        train_into_epoch(project, 1);
        const auto checkpoints = store::Project::open(project).checkpoints_dir(1);
        poison(checkpoints / "epoch_0001", "optimizer.safetensors", "first_moment", 1e38f);
        QVERIFY(end_of_resumed(project));
        auto settings = one_batch_an_epoch();
        settings.optimisation.epochs = 1;
        settings.optimisation.learning_rate /= 10;
        settings.optimisation.minimal_learning_rate = 0;
        settings.supervision.start_from = (checkpoints / "epoch_0001").string();
        TaskControl control;
        engine::run_here(
            *engine::make_train_job({.project = project, .settings = settings}), [](const engine::Event&) {}, control);
        const auto opened = store::Project::open(project);
        QCOMPARE(opened.run(2)->status, store::RunStatus::finished);
        QVERIFY(
            all_finite(checkpoint::read_safetensors(opened.checkpoints_dir(2) / "epoch_0001" / "model.safetensors")));
    }
};

REST_TEST(TestDiverging)
#include "test_diverging.moc"
