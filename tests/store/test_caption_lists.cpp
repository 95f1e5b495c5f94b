// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <limits>

#include "core/base/task.h"
#include "core/store/caption_lists.h"
#include "core/store/database.h"
#include "tests/store/made_project.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::store;
using namespace rest::test;

class TestCaptionLists : public QObject {
    Q_OBJECT

    using Lists = std::vector<std::vector<CaptionRecord>>;

    static std::vector<CaptionMention> all(const CaptionLists& lists, RunId run, int step) {
        std::vector<CaptionMention> seen;
        lists.visit(run, step, [&](const CaptionMention& mention) { seen.push_back(mention); });
        return seen;
    }

  private Q_SLOTS:
    void captionsAreVisitedWithoutTheirTexts() {
        ProjectPlace place;
        Project project = Project::create(place.folder());
        const auto ids = put_videos(project, 3);
        const RunId run = project.add_run("a", "{}");
        const Lists first = {{made_caption("A  man", 0.4, ids[0]), made_caption("a boat", 0.3, ids[0])},
                             {},
                             {made_caption("a man", 0.2, ids[0], CaptionOrigin::retrieved)}};
        project.put_step(run, 0, ids, first);
        const CaptionLists lists(project);
        const auto seen = all(lists, run, 0);
        QCOMPARE(seen.size(), size_t{3});
        QCOMPARE(seen[0].video, ids[0]);
        QCOMPARE(seen[1].video, ids[0]);
        QCOMPARE(seen[2].video, ids[2]);
        QCOMPARE(seen[2].text, seen[0].text);  // the same caption, however it is written
        QVERIFY(seen[1].text != seen[0].text);
        QVERIFY(!seen[0].retrieved && seen[2].retrieved);
        QCOMPARE(lists.text(seen[0].text), std::string("a man"));
        QCOMPARE(lists.text(12345), std::string());
        QCOMPARE(lists.labels().at(ids[2]), project.video(ids[2])->label);
        QCOMPARE(lists.labels().size(), size_t{3});
        QVERIFY(all(lists, run, 1).empty());
        project.put_step(run, 1, ids, first);  // written while the lists are open
        QCOMPARE(all(lists, run, 1).size(), size_t{3});
    }

    void finishedStepsInOrder() {
        ProjectPlace place;
        Project project = Project::create(place.folder());
        const auto ids = put_videos(project, 1);
        const RunId run = project.add_run("a", "{}"), other = project.add_run("b", "{}");
        const CaptionLists lists(project);
        QVERIFY(lists.steps(run).empty());
        for (const int step : {0, 1, 2}) project.put_step(run, step, ids, Lists{{made_caption("a", 0.1, ids[0])}});
        QCOMPARE(lists.steps(run), (std::vector<int>{0, 1, 2}));
        QVERIFY(lists.steps(other).empty());
        QVERIFY(lists.steps(99).empty());
    }

    /// As in a file from elsewhere.
    void stepsOfAnyNumberDoNoHarm() {
        ProjectPlace place;
        Project project = Project::create(place.folder());
        const auto ids = put_videos(project, 1);
        const RunId run = project.add_run("a", "{}");
        for (const int step : {0, 1}) project.put_step(run, step, ids, Lists{{made_caption("a", 0.1, ids[0])}});
        {
            Database db(place.folder() / "project.sqlite", Access::read_write);
            db.execute("UPDATE captions SET step = -7 WHERE step = 0");
            db.execute("UPDATE captions SET step = " + std::to_string(std::numeric_limits<int>::max()) +
                       " WHERE step = 1");
        }
        QCOMPARE(CaptionLists(project).steps(run), std::vector<int>{-7});
    }

    void whatTheVisitorThrowsReachesTheCaller() {
        ProjectPlace place;
        Project project = Project::create(place.folder());
        const auto ids = put_videos(project, 2);
        const RunId run = project.add_run("a", "{}");
        project.put_step(run, 0, ids, Lists{{made_caption("a", 0.1, ids[0])}, {made_caption("b", 0.1, ids[1])}});
        const CaptionLists lists(project);
        QVERIFY_THROWS_EXCEPTION(Cancelled, lists.visit(run, 0, [](const CaptionMention&) { throw Cancelled(); }));
        QCOMPARE(all(lists, run, 0).size(), size_t{2});
    }
};

REST_TEST(TestCaptionLists)
#include "test_caption_lists.moc"
