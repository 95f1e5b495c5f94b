// SPDX-License-Identifier: GPL-3.0-or-later
#include <QListView>
#include <QScrollBar>
#include <QSignalSpy>
#include <QtTest/QtTest>
#include <algorithm>
#include <cmath>

#include "tests/support/processor_timer.h"
#include "tests/support/test_program.h"
#include "ui/clips/video_model.h"
#include "ui/dataset/problem_model.h"
#include "ui/session/run_model.h"
#include "ui/train/curve.h"

using namespace rest;
using namespace rest::store;
using namespace rest::ui;

namespace {

VideoRecord record(VideoId id, const std::string& name, dataset::Split split, int label,
                   const std::string& problem = {}) {
    VideoRecord video;
    video.id = id;
    video.name = name;
    video.path = "/videos/" + name;
    video.split = split;
    video.label = label;
    video.frames = 48;
    video.width = 112;
    video.height = 112;
    video.duration_seconds = 4;
    video.problem = problem;
    video.remedy = problem.empty() ? "" : "Copy the file again.";
    return video;
}

std::shared_ptr<const VideoTable> small() {
    return std::make_shared<const VideoTable>(
        makeVideoTable({record(1, "train/rowing/a.mp4", dataset::Split::train, 0),
                        record(3, "train/Grüße/b.mp4", dataset::Split::train, 1),
                        record(4, "val/rowing/c.mp4", dataset::Split::val, 0, "cut short"),
                        record(9, "test/d e.mp4", dataset::Split::test, -1)},
                       {"rowing", "juggling balls"}));
}

std::shared_ptr<const VideoTable> large(int count) {
    std::vector<VideoRecord> videos;
    for (int i = 0; i < count; ++i) {
        videos.push_back(record(i + 1, "train/class_" + std::to_string(i % 400) + "/clip_" + std::to_string(i) + ".mp4",
                                i % 5 == 0 ? dataset::Split::val : dataset::Split::train, i % 400));
    }
    std::vector<std::string> classes;
    for (int i = 0; i < 400; ++i) classes.push_back("class " + std::to_string(i));
    return std::make_shared<const VideoTable>(makeVideoTable(std::move(videos), classes));
}

}  // namespace

class TestUiModels : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void filterLooksAtNameClassSplitAndProblem_data() {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QList<int>>("rows");
        QTest::newRow("nothing") << "" << QList<int>{0, 1, 2, 3};
        QTest::newRow("name") << "c.mp4" << QList<int>{2};
        QTest::newRow("class") << "juggling" << QList<int>{1};
        QTest::newRow("split") << "test" << QList<int>{3};
        QTest::newRow("problem") << "problem" << QList<int>{2};
        QTest::newRow("its text") << "cut short" << QList<int>{2};
        QTest::newRow("two words") << "rowing val" << QList<int>{2};
        QTest::newRow("upper case") << "ROWING" << QList<int>{0, 2};
        QTest::newRow("not ASCII") << "GRÜ" << QList<int>{1};
        QTest::newRow("none") << "swimming" << QList<int>{};
    }
    void filterLooksAtNameClassSplitAndProblem() {
        QFETCH(QString, words);
        QFETCH(QList<int>, rows);
        VideoFilter filter;
        filter.text = words;
        const std::vector<int> found = filterRows(*small(), filter);
        QCOMPARE(QList<int>(found.begin(), found.end()), rows);
    }

    void filterBySplitAndProblem() {
        VideoFilter filter;
        filter.split = dataset::Split::train;
        QCOMPARE(filterRows(*small(), filter).size(), size_t{2});
        filter = {};
        filter.problems_only = true;
        QCOMPARE(filterRows(*small(), filter), std::vector<int>{2});
    }

    void tableCounts() {
        const auto table = small();
        QCOMPARE(table->problems, 1);
        QCOMPARE(table->per_split, (std::array<qint64, 3>{2, 1, 1}));
        QCOMPARE(table->rowOf(4), 2);
        QCOMPARE(table->rowOf(5), -1);
        QVERIFY(!table->find(2));
        QCOMPARE(table->className(1), QStringLiteral("juggling balls"));
        QCOMPARE(table->className(-1), QString());
    }

    void modelShowsWhatPasses() {
        VideoModel model(nullptr);
        model.setTable(small());
        QCOMPARE(model.rowCount(), 4);
        VideoFilter filter;
        filter.text = QStringLiteral("rowing");
        model.setFilter(filter);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(1, 0).data(VideoModel::IdRole).toLongLong(), 4);
        QCOMPARE(model.indexOf(4).row(), 1);
        QVERIFY(!model.indexOf(3).isValid());
        QCOMPARE(model.index(1, VideoModel::ProblemColumn).data().toString(), QStringLiteral("cut short"));
        QVERIFY(model.index(1, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("Copy the file again.")));
    }

    void growingTableKeepsRows() {
        VideoModel model(nullptr);
        model.setTable(large(100));
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QPersistentModelIndex kept = model.index(57, 0);
        model.setTable(large(250));
        QCOMPARE(reset.count(), 0);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(model.rowCount(), 250);
        QCOMPARE(kept.row(), 57);
        model.setTable(small());
        QCOMPARE(reset.count(), 1);
    }

    void hundredThousandRowsStayFluid() {
        const auto table = large(100000);
        VideoModel model(nullptr);
        QListView view;
        view.setUniformItemSizes(true);
        view.setFlow(QListView::LeftToRight);
        view.setWrapping(true);
        view.setResizeMode(QListView::Adjust);
        view.setGridSize(QSize(180, 150));
        view.setModel(&model);
        view.resize(1000, 600);
        view.show();
        test::ProcessorTimer clock;
        model.setTable(table);
        QApplication::processEvents();
        const long long shown = clock.restart();
        view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum());
        QApplication::processEvents();
        const long long scrolled = clock.restart();
        VideoFilter filter;
        filter.text = QStringLiteral("class_39 clip_99");
        model.setFilter(filter);
        QApplication::processEvents();
        const long long filtered = clock.elapsed();
        qInfo("100,000 rows: shown after %lld ms, scrolled to the end in %lld ms, filtered in %lld ms", shown, scrolled,
              filtered);
        QVERIFY(model.rowCount() > 0 && model.rowCount() < 1000);
        QVERIFY(shown < 1000);
        QVERIFY(scrolled < 250);
        QVERIFY(filtered < 500);
    }

    void problemsNameFileReasonAndWayOut() {
        ProblemModel model;
        model.setTable(small());
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0, ProblemModel::FileColumn).data().toString(), QStringLiteral("val/rowing/c.mp4"));
        QCOMPARE(model.index(0, ProblemModel::ReasonColumn).data().toString(), QStringLiteral("cut short"));
        QCOMPARE(model.index(0, ProblemModel::RemedyColumn).data().toString(), QStringLiteral("Copy the file again."));
        QCOMPARE(model.asText(), QStringLiteral("/videos/val/rowing/c.mp4\tcut short\tCopy the file again."));
    }

    void downsamplingKeepsEndsAndPeaks() {
        std::vector<QPointF> points;
        for (int i = 0; i < 100000; ++i) points.emplace_back(i, std::sin(i * 0.01));
        points[54321].setY(50);
        points[12345].setY(-50);
        test::ProcessorTimer clock;
        const QList<QPointF> few = downsampled(points, 1000);
        QVERIFY(clock.elapsed() < 50);
        QVERIFY(few.size() <= 1000);
        QVERIFY(few.size() > 500);
        QCOMPARE(few.front(), points.front());
        QCOMPARE(few.back(), points.back());
        QVERIFY(few.contains(points[54321]));
        QVERIFY(few.contains(points[12345]));
        QVERIFY(std::ranges::is_sorted(few, {}, &QPointF::x));
        QCOMPARE(downsampled({{1, 2}, {3, 4}}, 1000).size(), 2);
    }

    void smoothingStartsAtTheFirstValue() {
        const auto line = smoothed({{0, 4}, {1, 4}, {2, 4}}, 0.9);
        for (const QPointF& point : line) QVERIFY(std::abs(point.y() - 4) < 1e-12);
        const auto two = smoothed({{0, 0}, {1, 1}}, 0.5);
        QVERIFY(std::abs(two[1].y() - 2.0 / 3) < 1e-12);
    }

    void aCurveGoesBackWhereARunResumes() {
        Curve curve;
        for (int i = 0; i < 10; ++i) curve.add(i, i);
        curve.add(6, 60);
        QCOMPARE(curve.points().size(), size_t{7});
        QCOMPARE(curve.points().back(), QPointF(6, 60));
        curve.add(7, 70);
        curve.mergeStored({{0, 1}, {5, 5.5}, {6, 66}});
        QCOMPARE(curve.points(), (std::vector<QPointF>{{0, 1}, {5, 5.5}, {6, 66}, {7, 70}}));
    }

    void runsAreNewestFirst() {
        RunRecord first;
        first.id = 1;
        first.name = "REST";
        first.settings_json = "{\"epochs\": 15}";
        first.epoch = 15;
        first.status = RunStatus::finished;
        RunRecord second = first;
        second.id = 2;
        second.epoch = 4;
        second.status = RunStatus::cancelled;
        RunModel model;
        model.setRuns("/p.rest", {first, second});
        QCOMPARE(model.run(0)->id, 2);
        QCOMPARE(model.rowOf({"/p.rest", 1}), 1);
        QCOMPARE(model.rowOf({"/another.rest", 1}), -1);
        QCOMPARE(model.index(0, RunModel::EpochColumn).data().toString(), QStringLiteral("4 of 15"));
        QVERIFY(resumable(second));
        QVERIFY(!resumable(first));
    }
};

REST_TEST(TestUiModels)
#include "test_ui_models.moc"
