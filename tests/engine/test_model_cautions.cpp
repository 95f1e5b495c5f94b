// SPDX-License-Identifier: GPL-3.0-or-later
// What is assumed about models whose files are incomplete: reported before anything is computed, and kept with the run.
#include "core/tensor/libtorch.h"

#include <QtTest/QtTest>

#include "core/base/paths.h"
#include "core/engine/inference/check_models.h"
#include "core/engine/inference/model_files.h"
#include "core/engine/inference/run_cautions.h"
#include "core/engine/measure/report_tables.h"
#include "core/engine/measure/stored_report.h"
#include "core/engine/run/train_check_job.h"
#include "core/engine/run/train_job.h"
#include "tests/engine/clip_world.h"
#include "tests/support/error_text.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::engine;
using namespace rest::test;

namespace fs = std::filesystem;

class TestModelCautions : public QObject {
    Q_OBJECT

    ClipWorld world_;
    fs::path clip_;

    static TrainSettings brief() {
        auto settings = preset("demo");
        settings.optimisation.epochs = settings.retrieval.epochs_per_retrieval = 1;
        settings.retrieval.retrievals = 1;
        settings.retrieval.neighbours = 2;
        settings.machine.threads = 1;
        return settings;
    }

    static std::vector<std::string> warnings_of(Job& job) {
        TaskControl control;
        std::vector<std::string> lines;
        const Listener listener = [&](const Event& event) {
            const auto* log = std::get_if<JobLog>(&event);
            if (log != nullptr && log->level == LogLevel::warning) lines.push_back(log->text);
        };
        run_here(job, listener, control);
        return lines;
    }

    store::Project open() const { return store::Project::open(world_.project(), store::OpenMode::read_only); }

  private Q_SLOTS:
    /// The demo's CLIP, without the file that has its pixels' mean and deviation.
    void initTestCase() {
        world_.fill();
        world_.import();
        clip_ = world_.root() / "clip";
        fs::copy(resources_dir() / "demo" / "clip", clip_);
        fs::remove(clip_ / "preprocessor_config.json");
        store::Project::open(world_.project()).set_models({.clip = clip_.string()});
    }

    void modelsThatTellEverything() { QVERIFY(check_models({}).empty()); }

    void whenAProjectIsMade() {
        const auto lines = check_models({.clip = clip_.string()});
        QCOMPARE(lines.size(), size_t{1});
        QVERIFY2(says(lines[0], {clip_.string(), "Assumed", "pixel mean", "pixel deviation"}), lines[0].c_str());
    }

    void beforeALongRun() {
        TrainCheck found;
        TaskControl control;
        run_here(
            *make_train_check_job({.train = {.project = world_.project(), .settings = brief()}, .trial_batches = false},
                                  [&](const auto& check) { found = check; }),
            {}, control);
        QVERIFY(found.problems.empty() && mentions(found.notes, "pixel mean"));
    }

    void inARunAndItsReport() {
        const auto said = warnings_of(*make_train_job({.project = world_.project(), .settings = brief()}));
        QVERIFY(mentions(said, "pixel mean"));
        const auto project = open();
        const auto run = project.runs().back().id;
        QVERIFY(mentions(kept_cautions(project, run), "pixel mean"));
        QVERIFY(kept_cautions(project, run + 1).empty());
        const auto report = stored_report(project, run, 1);
        QVERIFY(mentions(report.cautions, clip_.string()));
        QVERIFY(mentions(provenance(report, world_.project()), "pixel mean"));
    }

    void inABaselinesReport() {
        EvaluateResult result;
        auto job = make_evaluate_job({.project = world_.project(), .kind = store::RunKind::clip, .settings = brief()},
                                     [&](const EvaluateResult& found) { result = found; });
        QVERIFY(mentions(warnings_of(*job), "pixel mean"));
        QVERIFY(mentions(result.cautions, "pixel mean"));
        QVERIFY(mentions(stored_report(open(), result.run, result.epoch).cautions, "pixel mean"));
    }

    /// Embeddings get more rows when tokens are added or when their number is rounded up; the end-of-text token must
    /// stay the same.
    void rowsAddedToTheVocabulary() {
        const auto machine = prepare_machine({.device = "cpu", .threads = 1});
        SilentTask task;
        const std::vector<std::string> texts{"a person is rowing", "juggling"};
        const auto before = encode_texts(load_clip(clip_, 0, machine), texts, machine, task);
        auto larger = checkpoint::read_checkpoint(clip_);
        auto& words = larger.weights["text_model.embeddings.token_embedding.weight"];
        words = torch::cat({words, torch::ones({7, words.size(1)})});
        larger.sizes.text.vocabulary += 7;
        larger.sizes.text.eos = 2;  // as in old configurations
        const auto place = world_.root() / "larger";
        checkpoint::write_clip_folder(place, larger, clip_);
        const auto after = encode_texts(load_clip(place, 0, machine), texts, machine, task);
        QVERIFY(torch::equal(before, after));
    }

    /// Cached features are not reused for the same weights with another configuration.
    void whatIsKeptKnowsTheConfiguration() {
        const auto machine = prepare_machine({.device = "cpu", .threads = 1});
        const auto before = load_clip(clip_, 0, machine).key;
        QCOMPARE(load_clip(clip_, 0, machine).key, before);
        write_file_atomically(clip_ / "preprocessor_config.json", R"({"image_mean":0.5,"image_std":0.5})");
        const auto told = load_clip(clip_, 0, machine);
        QVERIFY(told.key != before && told.cautions.empty());
        QCOMPARE(told.model.sizes.pixels.mean[2], 0.5);
        fs::remove(clip_ / "preprocessor_config.json");
    }
};

REST_TEST(TestModelCautions)
#include "test_model_cautions.moc"
