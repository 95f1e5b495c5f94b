// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <limits>

#include "core/engine/measure/run_drift.h"
#include "core/store/database.h"
#include "tests/store/made_project.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::store;
using namespace rest::test;

class TestRunDrift : public QObject {
    Q_OBJECT

    /// Two steps with lists of two videos out of three; in the second step the first video has the other's caption.
    static RunId fill(Project& project) {
        const auto ids = put_videos(project, 3);
        const auto run = project.add_run("REST", "{}");
        using Lists = std::vector<std::vector<CaptionRecord>>;
        const std::vector<VideoId> with_lists = {ids[0], ids[2]};
        project.put_step(run, 0, with_lists,
                         Lists{{made_caption("a man", 0.3, ids[0])}, {made_caption("rowing", 0.4, ids[2])}});
        project.put_step(run, 1, with_lists,
                         Lists{{made_caption("rowing", 0.5, ids[2], CaptionOrigin::retrieved)},
                               {made_caption("rowing", 0.4, ids[2])}});
        return run;
    }

  private Q_SLOTS:
    void everyStepIsComparedWithTheOneBefore() {
        ProjectPlace place;
        Project project = Project::create(place.folder());
        const auto drift = engine::run_drift(project, fill(project));
        QCOMPARE(drift.size(), size_t{2});
        QVERIFY(!drift[0].change);
        QCOMPARE(drift[0].captions, int64_t{2});
        QCOMPARE(drift[0].retrieved, 0.0);
        QCOMPARE(drift[1].retrieved, 50.0);
        QCOMPARE(drift[1].most_copied, std::string("rowing"));
        QCOMPARE(drift[1].change->videos, int64_t{2});
        QCOMPARE(drift[1].change->changed_best, 50.0);
    }

    void aRunWithoutListsHasNone() {
        ProjectPlace place;
        Project project = Project::create(place.folder());
        fill(project);
        QVERIFY(engine::run_drift(project, project.add_run("new", "{}")).empty());
        QVERIFY(engine::run_drift(project, 99).empty());
    }

    /// As in a file from elsewhere.
    void stepsOfAnyNumberDoNoHarm() {
        ProjectPlace place;
        RunId run = 0;
        {
            Project project = Project::create(place.folder());
            run = fill(project);
        }
        {
            Database db(place.folder() / "project.sqlite", Access::read_write);
            db.execute("UPDATE runs SET step = " + std::to_string(std::numeric_limits<int>::max()));
            db.execute("UPDATE captions SET step = -7 WHERE step = 0");
        }
        const auto drift = engine::run_drift(Project::open(place.folder(), OpenMode::read_only), run);
        QCOMPARE(drift.size(), size_t{2});
        QCOMPARE(drift[0].step, -7);
        QCOMPARE(drift[1].step, 1);
    }
};

REST_TEST(TestRunDrift)
#include "test_run_drift.moc"
