// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <algorithm>

#include "core/engine/measure/caption_diversity.h"
#include "tests/store/made_project.h"
#include "tests/support/processor_timer.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::store;
using namespace rest::test;

namespace {

using Lists = std::vector<std::vector<CaptionRecord>>;

CaptionRecord own(const std::string& text, VideoId video) {
    return made_caption(text, 0.3, video);
}
CaptionRecord retrieved(const std::string& text, VideoId from) {
    return made_caption(text, 0.3, from, CaptionOrigin::retrieved);
}

/// A list for each of `count` videos: its own caption, or for the first `shared` of them the same one.
Lists lists_of(const std::vector<VideoId>& ids, size_t shared, const std::string& words = " is doing something") {
    Lists lists;
    for (size_t i = 0; i < ids.size(); ++i) {
        lists.push_back(
            {i < shared ? retrieved("the same" + words, ids[0]) : own("person " + std::to_string(i) + words, ids[i])});
    }
    return lists;
}

QStringList rules(const engine::StepDiversity& step) {
    QStringList out;
    for (const auto& collapse : step.collapsed) {
        out << QStringLiteral("%1 %2 %3")
                   .arg(static_cast<int>(collapse.rule))
                   .arg(collapse.value, 0, 'f', 4)
                   .arg(collapse.limit, 0, 'f', 4);
    }
    return out;
}

}  // namespace

class TestCaptionDiversity : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void countedByHand() {
        ProjectPlace place;
        Project project = Project::create(place.folder());
        const auto ids = put_videos(project, 9);  // labels -1, 0, ... 5, -1, 0
        const auto run = project.add_run("REST", "{}");
        const std::vector<VideoId> with = {ids[0], ids[1], ids[2], ids[8]};
        project.put_step(run, 0, with,
                         Lists{{own("a man", ids[0]), own("rowing a boat", ids[0])},
                               {own("A  man", ids[1])},
                               {},
                               {own("a dog", ids[8]), retrieved("rowing a boat", ids[0])}});
        project.put_step(run, 1, with,
                         Lists{{own("a man", ids[0])}, {retrieved("a man", ids[0])}, {}, {retrieved("a man", ids[1])}});
        SilentTask task;
        const auto steps = engine::caption_diversity(project, run, task);
        QCOMPARE(steps.size(), size_t{2});
        const auto& first = steps[0];
        QCOMPARE(first.step, 0);
        QCOMPARE(first.videos, int64_t{3});
        QCOMPARE(first.all.captions, int64_t{5});
        QCOMPARE(first.all.distinct, int64_t{3});  // neither case nor blanks make another caption
        QCOMPARE(first.all.retrieved, 20.0);
        QCOMPARE(first.all.mean_words, (2 + 3 + 2 + 2 + 3) / 5.0);
        QCOMPARE(first.most_shared.size(), size_t{2});
        QCOMPARE(first.most_shared[0].text, std::string("a man"));
        QCOMPARE(first.most_shared[1].text, std::string("rowing a boat"));
        QCOMPARE(first.most_shared[1].videos, int64_t{2});
        QCOMPARE(first.classes.size(), size_t{2});
        QCOMPARE(first.classes[0].label, -1);
        QCOMPARE(first.classes[0].spread.captions, int64_t{2});
        QCOMPARE(first.classes[1].label, 0);
        QCOMPARE(first.classes[1].spread.captions, int64_t{3});
        QCOMPARE(first.classes[1].spread.distinct, int64_t{3});
        QCOMPARE(steps[1].all.distinct, int64_t{1});
        QCOMPARE(steps[1].most_shared[0].videos, int64_t{3});
        QVERIFY(steps[1].collapsed.empty());  // three lists are not judged

        QCOMPARE(engine::videos_with_caption(project, run, 0, "Rowing a  boat", task),
                 (std::vector<VideoId>{ids[0], ids[8]}));
        QCOMPARE(engine::videos_with_caption(project, run, 1, "a man", task),
                 (std::vector<VideoId>{ids[0], ids[1], ids[8]}));
        QVERIFY(engine::videos_with_caption(project, run, 1, "a cat", task).empty());
        QVERIFY(engine::videos_with_caption(project, run, 7, "a man", task).empty());
    }

    void aListThatHoldsACaptionTwiceIsOneVideo() {
        ProjectPlace place;
        Project project = Project::create(place.folder());
        const auto ids = put_videos(project, 1);
        const auto run = project.add_run("REST", "{}");
        project.put_step(run, 0, ids, Lists{{own("a man", ids[0]), own("A man", ids[0])}});
        SilentTask task;
        const auto steps = engine::caption_diversity(project, run, task);
        QCOMPARE(steps[0].all.distinct, int64_t{1});
        QVERIFY(steps[0].most_shared.empty());
        QCOMPARE(engine::videos_with_caption(project, run, 0, "a man", task).size(), size_t{1});
    }

    void collapseIsCalledByItsRule() {
        ProjectPlace place;
        Project project = Project::create(place.folder());
        const auto ids = put_videos(project, 40);
        const auto run = project.add_run("REST", "{}");
        project.put_step(run, 0, ids, lists_of(ids, 8));   // a fifth: just allowed
        project.put_step(run, 1, ids, lists_of(ids, 9));   // more
        project.put_step(run, 2, ids, lists_of(ids, 25));  // 16 distinct of 40 against 33
        project.put_step(run, 3, ids, lists_of(ids, 0, ""));
        SilentTask task;
        const auto steps = engine::caption_diversity(project, run, task);
        QCOMPARE(rules(steps[0]), QStringList());
        QCOMPARE(rules(steps[1]), QStringList{"0 0.2250 0.2000"});
        QCOMPARE(steps[1].collapsed[0].caption, std::string("the same is doing something"));
        QCOMPARE(rules(steps[2]), (QStringList{"0 0.6250 0.2000", "1 0.4000 0.4125"}));
        QCOMPARE(rules(steps[3]), QStringList{"2 2.0000 3.0000"});
        const auto strict = engine::caption_diversity(project, run, task, {.fewest_videos_with = 41});
        QCOMPARE(rules(strict[2]), QStringList());
    }

    void theMostSharedAreFewAndInOrder() {
        ProjectPlace place;
        Project project = Project::create(place.folder());
        const auto ids = put_videos(project, 60);
        const auto run = project.add_run("REST", "{}");
        Lists lists(ids.size());
        for (size_t i = 0; i < ids.size(); ++i) {
            lists[i].push_back(own("pair " + std::to_string(i / 2 + 10), ids[i]));
            if (i < 5) lists[i].push_back(own("five of them", ids[i]));
        }
        project.put_step(run, 0, ids, lists);
        SilentTask task;
        const auto most = engine::caption_diversity(project, run, task).front().most_shared;
        QCOMPARE(most.size(), size_t{20});
        QCOMPARE(most[0].text, std::string("five of them"));
        QCOMPARE(most[1].text, std::string("pair 10"));
        QCOMPARE(most[19].text, std::string("pair 28"));
    }

    void aRunWithoutListsHasNone() {
        ProjectPlace place;
        Project project = Project::create(place.folder());
        SilentTask task;
        QVERIFY(engine::caption_diversity(project, project.add_run("new", "{}"), task).empty());
        QVERIFY(engine::caption_diversity(project, 99, task).empty());
    }

    /// REST_CAPTIONS asks for more, to measure: 2,000,000 is ten steps of 200,000 captions each.
    void manyCaptions() {
        const int64_t captions = std::max<int64_t>(60'000, qEnvironmentVariableIntValue("REST_CAPTIONS"));
        constexpr int64_t kSteps = 10, kEach = 3;
        const int64_t videos = captions / kSteps / kEach;
        ProjectPlace place;
        Project project = Project::create(place.folder());
        const auto ids = put_videos(project, videos);
        const auto run = project.add_run("REST", "{}");
        for (int step = 0; step < kSteps; ++step) {
            Lists lists(ids.size());
            for (size_t i = 0; i < ids.size(); ++i) {
                for (size_t k = 0; k < kEach; ++k) {
                    const size_t text = (i * kEach + k) % (ids.size() / 2 + 1) + ids.size() * static_cast<size_t>(step);
                    lists[i].push_back(
                        own("a person is doing thing number " + std::to_string(text) + " outdoors", ids[i]));
                }
            }
            project.put_step(run, step, ids, lists);
        }
        SilentTask task;
        ProcessorTimer timer;
        timer.start();
        const auto steps = engine::caption_diversity(project, run, task);
        const auto count_ms = timer.restart();
        qInfo("%lld captions: %lld ms", static_cast<long long>(captions), static_cast<long long>(count_ms));
        QCOMPARE(steps.size(), size_t{kSteps});
        for (const auto& step : steps) {
            QCOMPARE(step.all.captions, videos * kEach);
            QCOMPARE(step.all.distinct, videos / 2 + 1);
            QCOMPARE(step.all.mean_words, 8.0);
        }
        QVERIFY(!engine::videos_with_caption(project, run, 9, steps[9].most_shared[0].text, task).empty());
        qInfo("videos of one caption: %lld ms", static_cast<long long>(timer.restart()));
        QVERIFY(count_ms < captions / 10);  // a slow machine has an order of magnitude
    }

    void itIsCancelled() {
        ProjectPlace place;
        Project project = Project::create(place.folder());
        const auto ids = put_videos(project, 3);
        const auto run = project.add_run("REST", "{}");
        project.put_step(run, 0, ids, lists_of(ids, 0));
        SilentTask task;
        task.control.cancel();
        QVERIFY_THROWS_EXCEPTION(Cancelled, engine::caption_diversity(project, run, task));
        QVERIFY_THROWS_EXCEPTION(Cancelled, engine::videos_with_caption(project, run, 0, "x", task));
    }
};

REST_TEST(TestCaptionDiversity)
#include "test_caption_diversity.moc"
