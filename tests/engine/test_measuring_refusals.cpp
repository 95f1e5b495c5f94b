// SPDX-License-Identifier: GPL-3.0-or-later
// The errors of evaluations and protocols when there is nothing to measure, or nothing to measure it with.
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "core/base/atomic_file.h"
#include "core/engine/inference/run_clips.h"
#include "core/engine/measure/protocol_job.h"
#include "core/engine/measure/stored_report.h"
#include "core/store/project.h"
#include "tests/engine/recorder.h"
#include "tests/support/error_text.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::engine;
using namespace rest::test;

namespace {

/// Two val clips whose files are missing, and a run that was measured on the first one after epoch 5.
class MeasuredOnce {
  public:
    MeasuredOnce() : project_(store::Project::create(dir_.path().toStdString() + "/made.rest")) {
        project_.set_classes(std::vector<std::string>{"rowing", "surfing"});
        std::vector<store::VideoRecord> videos(2);
        for (int i = 0; i < 2; ++i) {
            videos[i].name = "val/" + std::to_string(i);
            videos[i].path = "/videos/" + videos[i].name;
            videos[i].split = dataset::Split::val;
            videos[i].label = i;
        }
        project_.put_videos(videos);
        project_.add_run("REST", to_json(preset("demo")));
        const auto id = project_.video("val/0")->id;
        project_.put_predictions(1, 5, std::vector<store::PredictionRecord>{{id, "a person is rowing", -1, 0, 0}});
    }

    store::Project& project() { return project_; }
    const std::filesystem::path& folder() const { return project_.folder(); }

  private:
    QTemporaryDir dir_;
    store::Project project_;
};

std::string evaluate(EvaluateParams params, const std::filesystem::path& project) {
    params.project = project;
    TaskControl control;
    return error_text([&] { run_here(*make_evaluate_job(params, [](const auto&) {}), {}, control); });
}

std::string protocol(ProtocolParams params, const std::filesystem::path& project) {
    params.project = project;
    TaskControl control;
    return error_text([&] { run_here(*make_protocol_job(params, [](const auto&) {}), {}, control); });
}

}  // namespace

class TestMeasuringRefusals : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void aProjectWithoutRunsOrClips() {
        QTemporaryDir dir;
        const auto folder = store::Project::create(dir.path().toStdString() + "/empty.rest").folder();
        auto text = evaluate({}, folder);
        QVERIFY2(says(text, {"no trained run", "Train first"}), text.c_str());
        text = evaluate({.kind = store::RunKind::clip}, folder);
        QVERIFY2(says(text, {"no labelled val or test videos", "under val/"}), text.c_str());
        text = evaluate({}, dir.path().toStdString());
        QVERIFY2(says(text, {dir.path().toStdString(), "no project.sqlite"}), text.c_str());
    }

    void aRunWithoutCheckpointOrCaptions() {
        MeasuredOnce made;
        const auto fresh = made.project().add_run("fresh", to_json(preset("demo")));
        auto text = evaluate({}, made.folder());
        QVERIFY2(says(text, {"Run " + std::to_string(fresh) + " has no checkpoint yet", "Train it first"}),
                 text.c_str());
        text = evaluate({.run = 99}, made.folder());
        QVERIFY2(says(text, {"no trained run 99"}), text.c_str());
        text = evaluate({.run = 1, .epoch = 3}, made.folder());
        QVERIFY2(says(text, {"Run 1", "epoch 3", "Measured epochs: 5."}), text.c_str());
    }

    void captionsThatAreMissingNeedTheCheckpoint() {
        const MeasuredOnce made;
        const auto text = evaluate({.run = 1, .epoch = 5}, made.folder());
        QVERIFY2(says(text, {"1 clips have no caption of epoch 5", "checkpoint is gone", "newest epoch"}),
                 text.c_str());
    }

    void aListWithoutOneClipOfTheProject() {
        MeasuredOnce made;
        const auto list = made.folder() / "list.txt";
        write_file_atomically(list, "\n  another/clip.mp4 \n");
        auto settings = preset("demo");
        settings.supervision.test_list = list.string();
        const auto text = error_text([&] { evaluation_clips(made.project(), settings.supervision.test_list); });
        QVERIFY2(says(text, {"None of the 1 clips", list.string(), made.folder().string(), "one a line"}),
                 text.c_str());
    }

    /// The report of a measurement is still available when the list that chose the clips is gone.
    void aReportOutlivesItsList() {
        MeasuredOnce made;
        auto settings = preset("demo");
        settings.supervision.test_list = "/nowhere/list.txt";
        const auto run = made.project().add_run("listed", to_json(settings));
        const auto id = made.project().video("val/1")->id;
        made.project().put_predictions(run, 1,
                                       std::vector<store::PredictionRecord>{{id, "someone is surfing", -1, 1, 0}});
        const auto report = stored_report(made.project(), run, 1);
        QCOMPARE(report.report.top1, 100.0);
        QCOMPARE(report.labelled_clips, int64_t{1});
    }

    void aReportOnClassesThatAreGone() {
        MeasuredOnce made;
        const auto id = made.project().video("val/1")->id;
        made.project().put_predictions(1, 6,
                                       std::vector<store::PredictionRecord>{{id, "someone is surfing", -1, 2, 0}});
        const auto text = error_text([&] { stored_report(made.project(), 1, 6); });
        QVERIFY2(says(text, {"Epoch 6 of run 1", "classes that the project has no more", "Evaluate it again"}),
                 text.c_str());
    }

    void protocolsNeedAModelAndTheirClips() {
        const MeasuredOnce made;
        auto text = protocol({.protocol = "hmdb51-zero-shot"}, made.folder());
        QVERIFY2(says(text, {"no trained run with a checkpoint", "Train first"}), text.c_str());
        text = protocol({.protocol = "hmdb51-zero-shot", .kind = store::RunKind::blip}, made.folder());
        QVERIFY2(says(text, {"hmdb51-zero-shot needs a folder of clips"}), text.c_str());
        text = protocol({.protocol = "hmdb51-zero-shot", .kind = store::RunKind::blip_retrieval}, made.folder());
        QVERIFY2(says(text, {"image-text matching checkpoint", "blip-itm-base-coco"}), text.c_str());
        text = protocol({.protocol = "hmdb51-few-shot-2", .kind = store::RunKind::clip}, made.folder());
        QVERIFY2(says(text, {"hmdb51-few-shot-2 fine-tunes a captioner", "baseline blip"}), text.c_str());
        text = protocol({.protocol = "hmdb51", .kind = store::RunKind::clip}, made.folder());
        QVERIFY2(says(text, {"hmdb51"}), text.c_str());
    }
};

REST_TEST(TestMeasuringRefusals)
#include "test_measuring_refusals.moc"
