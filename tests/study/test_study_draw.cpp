// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <algorithm>
#include <map>
#include <set>

#include "core/base/atomic_file.h"
#include "core/study/create_study.h"
#include "core/study/draw.h"
#include "tests/study/made_study.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::study;
using namespace rest::test;

namespace {

std::vector<DrawCandidate> candidates(int64_t n) {
    std::vector<DrawCandidate> all;
    for (int64_t i = 0; i < n; ++i) all.push_back({i + 1, i % 10 == 0 ? 0 : i % 2 == 0 ? 1 : 2});  // 10, 40 and 50 %
    return all;
}

/// A project whose run 1 was evaluated at epochs 2 and 5 on 40 videos.
store::Project evaluatedProject(const ProjectPlace& place) {
    store::Project project = store::Project::create(place.folder());
    project.set_classes(std::vector<std::string>{"rowing", "tai chi", "juggling", "diving", "skiing", "golf"});
    const auto ids = put_videos(project, 40);
    auto broken = *project.video(ids[3]);
    broken.problem = "cut short";
    project.put_videos(std::vector{broken});
    const store::RunId run = project.add_run("first", "{}");
    for (const int epoch : {2, 5}) {
        std::vector<store::PredictionRecord> predictions;
        for (const auto id : ids) {
            const auto video = *project.video(id);
            predictions.push_back({id, "epoch " + std::to_string(epoch) + " video " + std::to_string(id), -1.5, 1,
                                   video.label < 0 ? -1 : static_cast<int>(id % 3)});
        }
        project.put_predictions(run, epoch, predictions);
        const std::vector<store::MetricPoint> point = {{"clip_tam_top1", epoch, 50.0, epoch / 2}};
        project.add_metrics(run, point);
    }
    project.add_run("not evaluated", "{}");
    return project;
}

}  // namespace

class TestStudyDraw : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void aFunctionOfTheSeed() {
        const auto all = candidates(500);
        const auto a = draw_clips(all, 100, 4, false), b = draw_clips(all, 100, 4, false);
        QCOMPARE(a, b);
        QVERIFY(a != draw_clips(all, 100, 5, false));
        QCOMPARE(std::set(a.begin(), a.end()).size(), size_t{100});
        const auto larger = draw_clips(all, 200, 4, false);
        QVERIFY(std::equal(a.begin(), a.end(), larger.begin()));
        auto turned = all;
        std::reverse(turned.begin(), turned.end());
        const auto again = draw_clips(turned, 100, 4, false);
        for (size_t i = 0; i < a.size(); ++i) QCOMPARE(turned[again[i]].video, all[a[i]].video);
    }

    void everyClipAlike() {
        const auto all = candidates(20);
        std::vector<int> drawn(20);
        for (uint64_t seed = 0; seed < 4000; ++seed) {
            for (const auto i : draw_clips(all, 5, seed, false)) ++drawn[i];
        }
        for (const int n : drawn) QVERIFY2(std::abs(n - 1000) < 150, qPrintable(QString::number(n)));  // 5 sigma
    }

    void stratifiedInProportion() {
        const auto all = candidates(1000);
        for (const int64_t count : {10, 100, 333}) {
            std::map<int, int64_t> classes;
            const auto drawn = draw_clips(all, count, 9, true);
            QCOMPARE(std::ssize(drawn), count);
            QCOMPARE(std::set(drawn.begin(), drawn.end()).size(), drawn.size());
            for (const auto i : drawn) ++classes[all[i].label];
            const std::map<int, double> share = {{0, 0.1}, {1, 0.4}, {2, 0.5}};
            for (const auto& [label, part] : share) {
                QVERIFY(std::abs(static_cast<double>(classes[label]) - part * static_cast<double>(count)) < 1);
            }
        }
        QCOMPARE(draw_clips(all, 5000, 9, true).size(), size_t{1000});
        QVERIFY(draw_clips({}, 10, 9, true).empty());
    }

    void frozenFromAProject() {
        ProjectPlace place;
        store::Project project = evaluatedProject(place);
        StudySetup setup{.name = "Studie – 研究", .clips = 30};
        setup.settings.seed = 3;
        {
            const Study study = create_study(project, setup);
            QCOMPARE(study.info().source.run, store::RunId{1});
            QCOMPARE(study.info().source.epoch, 5);
            QCOMPARE(study.info().source.step, 2);
            QCOMPARE(study.info().source.model, std::string("run 1 epoch 5"));
            QVERIFY(!study.info().settings.instructions.empty());
        }
        project.put_predictions(1, 5, std::vector<store::PredictionRecord>{{1, "written later", 0, 0, 0}});
        const Study study = Study::open(find_study(project.folder(), ""), store::OpenMode::read_only);
        QCOMPARE(study.clips().size(), size_t{30});
        std::set<std::string> names;
        for (const auto& clip : study.clips()) {
            const auto video = *project.video(clip.name);
            names.insert(clip.name);
            QCOMPARE(clip.caption, "epoch 5 video " + std::to_string(video.id));
            QCOMPARE(clip.path, video.path);
            QCOMPARE(clip.file_bytes, video.file_bytes);
            QVERIFY(video.problem.empty());
            QCOMPARE(clip.label.empty(), video.label < 0);
            QCOMPARE(clip.tam_right.has_value(), video.label >= 0);
            if (clip.tam_right) QCOMPARE(*clip.tam_right, video.id % 3 == 0);
        }
        QCOMPARE(names.size(), size_t{30});
    }

    void whatCannotBeMade() {
        ProjectPlace place;
        const store::Project project = evaluatedProject(place);
        create_study(project, {.name = "a", .epoch = 2});
        std::string message;
        const auto thrown = [&](const StudySetup& setup) {
            return code_thrown([&] { create_study(project, setup); }, &message);
        };
        QCOMPARE(thrown({.name = "a"}), std::string("invalid_argument"));
        QCOMPARE(thrown({.name = "b", .run = 9}), std::string("not_found"));
        QCOMPARE(thrown({.name = "b", .epoch = 3}), std::string("not_found"));
        QVERIFY(message.find("2, 5") != std::string::npos);
        QCOMPARE(thrown({.name = "b", .run = 2}), std::string("not_found"));
        QCOMPARE(thrown({.name = "../b"}), std::string("invalid_argument"));
        QCOMPARE(thrown({.name = ""}), std::string("invalid_argument"));
        QCOMPARE(thrown({.name = "b", .clips = 0}), std::string("invalid_argument"));
        QCOMPARE(thrown({.name = "b", .settings = {.answers_per_clip = 0}}), std::string("invalid_argument"));
        QCOMPARE(studies_in(project.folder()).size(), size_t{1});  // no partial file remains
    }

    void knownClipsFromAList() {
        ProjectPlace place;
        const auto list = place.root() / "controls.csv";
        write_file_atomically(place.root() / "ein clip.mp4", "x");
        write_file_atomically(list,
                              "\xEF\xBB\xBF"
                              "caption,path,answer,feedback\n\"a man, rowing\",ein clip.mp4,YES,\"See, oars\"\n");
        const auto known = read_known_clips(list);
        QCOMPARE(known.size(), size_t{1});
        QCOMPARE(known[0].caption, std::string("a man, rowing"));
        QCOMPARE(known[0].path, place.root() / "ein clip.mp4");
        QVERIFY(known[0].answer);
        QCOMPARE(known[0].feedback, std::string("See, oars"));
        std::string message;
        for (const char* bad : {"", "path,caption\n", "path,caption,answer\nein clip.mp4,a,perhaps\n",
                                "path,caption,answer\nein clip.mp4\n"}) {
            write_file_atomically(list, bad);
            QCOMPARE(code_thrown([&] { read_known_clips(list); }, &message), std::string("invalid_argument"));
            QVERIFY(message.find(list.string()) != std::string::npos);
        }
        write_file_atomically(list, "path,caption,answer\nmissing.mp4,a,no\n");
        QCOMPARE(code_thrown([&] { read_known_clips(list); }), std::string("not_found"));
    }
};

REST_TEST(TestStudyDraw)
#include "test_study_draw.moc"
