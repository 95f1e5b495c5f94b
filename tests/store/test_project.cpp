// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <cmath>
#include <set>

#include "tests/store/made_project.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::store;
using namespace rest::test;

namespace {

bool same(const VideoRecord& a, const VideoRecord& b) {
    return a.name == b.name && a.path == b.path && a.split == b.split && a.label == b.label && a.frames == b.frames &&
           a.width == b.width && a.height == b.height && a.duration_seconds == b.duration_seconds &&
           a.file_bytes == b.file_bytes && a.file_time_ns == b.file_time_ns && a.problem == b.problem &&
           a.remedy == b.remedy;
}

}  // namespace

class TestProject : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void aProjectIsAFolderNamedRest() {
        ProjectPlace place;
        const Project project = Project::create(place.root() / "kurz");
        QCOMPARE(project.folder(), place.root() / "kurz.rest");
        QVERIFY(Project::is_project(project.folder()));
        QVERIFY(!Project::is_project(place.root()));
        QVERIFY(std::filesystem::is_directory(project.features_dir()));
        QVERIFY(std::filesystem::is_directory(project.frames_dir()));
        QVERIFY(std::filesystem::is_directory(project.checkpoints_dir(12)));
        QCOMPARE(code_thrown([&] { Project::create(place.root() / "kurz.rest/"); }), std::string("invalid_argument"));
        QVERIFY(Project::is_project(place.root() / "kurz.rest"));
    }

    void whatIsStoredIsThereAfterReopening() {
        ProjectPlace place;
        VideoRecord damaged = made_video(1, dataset::Split::test);
        damaged.problem = "cut short";
        damaged.remedy = "fetch it again";
        const std::vector<VideoRecord> videos = {made_video(0, dataset::Split::val), damaged};
        RunId run = 0;
        {
            Project project = Project::create(place.folder(), {"/modelle/größe", ""});
            project.set_kind("demo");
            project.set_classes(std::vector<std::string>{"Tai Chi", "прыжок", "漕艇"});
            project.put_videos(videos);
            project.set_setting("n", "1");
            project.set_setting("n", "2");
            run = project.add_run("REST, H = 2000", "{\"epochs\": 60}");
            project.set_run_status(run, RunStatus::failed, "kein Speicher");
            project.set_run_epoch(run, 7);
        }
        const Project project = Project::open(place.folder());
        QCOMPARE(project.models().captioner, std::string("/modelle/größe"));
        QCOMPARE(project.models().clip, std::string());
        QCOMPARE(project.kind(), std::string("demo"));
        QVERIFY((project.classes() == std::vector<std::string>{"Tai Chi", "прыжок", "漕艇"}));
        QCOMPARE(project.setting("n").value_or(""), std::string("2"));
        QVERIFY(!project.setting("other"));
        const auto found = project.videos();
        QCOMPARE(found.size(), videos.size());
        for (size_t i = 0; i < found.size(); ++i) {
            QVERIFY(same(found[i], videos[i]));
            QVERIFY(same(project.video(found[i].id).value(), videos[i]));
            QCOMPARE(project.video(found[i].name).value().id, found[i].id);
        }
        QVERIFY(!project.video(VideoId{999}));
        QVERIFY(!project.video("nobody"));
        QCOMPARE(project.video_count(), int64_t(2));
        const auto record = project.run(run).value();
        QCOMPARE(record.name, std::string("REST, H = 2000"));
        QCOMPARE(record.settings_json, std::string("{\"epochs\": 60}"));
        QCOMPARE(record.status, RunStatus::failed);
        QCOMPARE(record.message, std::string("kein Speicher"));
        QCOMPARE(record.epoch, 7);
        QCOMPARE(record.step, -1);
        QVERIFY(QDateTime::fromString(QString::fromStdString(record.created), Qt::ISODate).isValid());
        QCOMPARE(record.created.back(), 'Z');
    }

    void aVideoPutAgainKeepsItsId() {
        ProjectPlace place;
        Project project = Project::create(place.folder());
        const auto ids = test::put_videos(project, 3);
        VideoRecord changed = made_video(1, dataset::Split::test);
        changed.frames = 9;
        project.put_videos(std::vector<VideoRecord>{made_video(7), changed});
        QCOMPARE(project.video_count(), int64_t(4));
        QVERIFY(same(project.video(ids[1]).value(), changed));
        QVERIFY(same(project.video(ids[0]).value(), made_video(0)));
    }

    void aFileNameNeedNotBeUtf8() {
        ProjectPlace place;
        Project project = Project::create(place.folder());
        VideoRecord video = made_video(0);
        video.name = "latin1 \xFC\xE4.mp4";
        video.path = "/videos/latin1 \xFC\xE4.mp4";
        project.put_videos(std::vector<VideoRecord>{video});
        QVERIFY(same(project.video(video.name).value(), video));
    }

    void metricsAreCurves() {
        ProjectPlace place;
        Project project = Project::create(place.folder());
        const RunId run = project.add_run("a", "{}");
        const RunId other = project.add_run("b", "{}");
        std::vector<MetricPoint> points;
        for (int i = 9; i >= 0; --i) points.push_back({"loss", i, 1.0 / (i + 1), i / 5});
        for (int e = 0; e < 4; ++e) points.push_back({"clip_tam_top1", e, 10.0 * e, 0});
        project.add_metrics(run, points);
        project.add_metrics(other, points);
        project.add_metrics(run, std::vector<MetricPoint>{{"loss", 3, std::nan(""), 0}});
        const auto loss = project.metrics(run, "loss");
        QCOMPARE(loss.size(), size_t(10));
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(loss[i].position, int64_t(i));
            QCOMPARE(loss[i].step, i == 3 ? 0 : i / 5);
            if (i == 3)
                QVERIFY(std::isnan(loss[i].value));
            else
                QCOMPARE(loss[i].value, 1.0 / (i + 1));
        }
        project.trim_metrics(run, 5, 1);
        QCOMPARE(project.metrics(run, "loss").size(), size_t(6));
        QCOMPARE(project.metrics(run, "clip_tam_top1").size(), size_t(2));
        QCOMPARE(project.metrics(other, "loss").size(), size_t(10));
    }

    void predictionsAreKeptPerEpoch() {
        ProjectPlace place;
        Project project = Project::create(place.folder());
        const auto ids = test::put_videos(project, 3);
        const RunId run = project.add_run("a", "{}");
        project.put_predictions(
            run, 15, std::vector<PredictionRecord>{{ids[2], "rowing", -0.5, 4, 0}, {ids[0], "", -1, -1, -1}});
        project.put_predictions(run, 0, std::vector<PredictionRecord>{{ids[2], "a boat", -0.75, 2, 3}});
        project.put_predictions(run, 15, std::vector<PredictionRecord>{{ids[2], "rowing a boat", -0.25, 5, 1}});
        const auto found = project.predictions(run, 15);
        QCOMPARE(found.size(), size_t(2));
        QCOMPARE(found[0].video, ids[0]);
        QCOMPARE(found[1].caption, std::string("rowing a boat"));
        QCOMPARE(found[1].score, -0.25);
        QCOMPARE(found[1].predicted, 5);
        QCOMPARE(found[1].rank, 1);
        QVERIFY((project.prediction_epochs(run) == std::vector<int>{0, 15}));
        const auto over_time = project.predictions_for(run, ids[2]);
        QCOMPARE(over_time.size(), size_t(2));
        QCOMPARE(over_time[0].first, 0);
        QCOMPARE(over_time[0].second.caption, std::string("a boat"));
        QCOMPARE(over_time[1].first, 15);
    }

    void aBaselineMeasuredSinceIsNotTheLatestTraining() {
        ProjectPlace place;
        Project project = Project::create(place.root() / "runs");
        QVERIFY(!project.latest_run());
        QVERIFY_EXCEPTION_THROWN(project.trained_run(), Error);
        const auto trained = project.add_run("trained", "{}");
        const auto baseline = project.add_run("BLIP", "{}", RunKind::blip);
        QCOMPARE(project.latest_run()->id, trained);
        QCOMPARE(project.latest_run(RunKind::blip)->id, baseline);
        QCOMPARE(project.trained_run().id, trained);
        QCOMPARE(project.trained_run(trained).id, trained);
        QVERIFY_EXCEPTION_THROWN(project.trained_run(baseline), Error);  // it has no captions from training
        QVERIFY_EXCEPTION_THROWN(project.trained_run(99), Error);
    }

    void runsThatAreNotThereAreNamed() {
        ProjectPlace place;
        Project project = Project::create(place.folder());
        QCOMPARE(project.add_run("a", "{}"), RunId(1));
        QCOMPARE(project.add_run("b", "{}"), RunId(2));
        QCOMPARE(project.runs().at(0).name, std::string("a"));
        QVERIFY(!project.run(3));
        QCOMPARE(project.last_step(3), -1);
        std::string message;
        QCOMPARE(code_thrown([&] { project.set_run_epoch(31, 1); }, &message), std::string("not_found"));
        QVERIFY(message.find("31") != std::string::npos);
        QCOMPARE(code_thrown([&] { project.set_run_status(31, RunStatus::running); }), std::string("not_found"));
        QCOMPARE(code_thrown([&] {
                     project.add_metrics(31, std::vector<MetricPoint>{{"loss", 0, 0, 0}});
                 }),
                 std::string("invalid_argument"));
    }

    void statusesHaveNames() {
        std::set<std::string> names;
        for (int i = 0; i <= static_cast<int>(RunStatus::failed); ++i)
            names.insert(to_string(static_cast<RunStatus>(i)));
        QCOMPARE(names.size(), size_t(6));
        QVERIFY(names.contains("cancelled"));
    }
};

REST_TEST(TestProject)
#include "test_project.moc"
