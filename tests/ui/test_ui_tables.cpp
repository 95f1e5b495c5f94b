// SPDX-License-Identifier: GPL-3.0-or-later
// Tables sort by their headers, copy their rows, and remember their columns.
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QSettings>
#include <QStandardItemModel>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <memory>

#include "tests/support/processor_timer.h"
#include "tests/support/test_program.h"
#include "tests/ui/made_project.h"
#include "tests/ui/opening.h"
#include "ui/captions/captions_page.h"
#include "ui/clips/video_model.h"
#include "ui/controls/tables.h"
#include "ui/dataset/dataset_page.h"
#include "ui/look/sort_role.h"
#include "ui/reports/comparison_model.h"
#include "ui/reports/reports_page.h"
#include "ui/train/train_page.h"

using namespace rest;
using namespace rest::store;
using namespace rest::ui;

class TestUiTables : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    static void addRow(QStandardItemModel& model, const QString& name, const QString& figure, const QVariant& value) {
        auto* cell = new QStandardItem(figure);
        cell->setData(value, sort_role);
        model.appendRow({new QStandardItem(name), cell});
    }
    static QStringList column(const QTableView& table, int column) {
        QStringList texts;
        for (int row = 0; row < table.model()->rowCount(); ++row)
            texts << table.model()->index(row, column).data().toString();
        return texts;
    }
    /// As with the mouse.
    static void clickHeader(QTableView& table, int section) {
        QHeaderView* header = table.horizontalHeader();
        const QPoint at(header->sectionViewportPosition(section) + header->sectionSize(section) / 2,
                        header->height() / 2);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, at);
    }

  private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder_.filePath(QStringLiteral("settings")));
    }

    void aHeaderSorts() {
        QStandardItemModel model;
        addRow(model, QStringLiteral("clip 10"), QStringLiteral("9.5 %"), 9.5);
        addRow(model, QStringLiteral("Clip 9"), QStringLiteral("–"), {});
        addRow(model, QStringLiteral("clip 1"), QStringLiteral("54.2 %"), 54.2);
        const std::unique_ptr<QTableView> table(makeTable(&model, {120, 80}));
        makeSortable(table.get());
        table->resize(400, 300);
        table->show();
        const QStringList natural = column(*table, 0);
        clickHeader(*table, 0);
        QCOMPARE(column(*table, 0), (QStringList{"clip 1", "Clip 9", "clip 10"}));
        clickHeader(*table, 1);
        QCOMPARE(column(*table, 1), (QStringList{"9.5 %", "54.2 %", "–"}));
        QCOMPARE(sourceRow(table->model()->index(0, 1)), 0);
        QCOMPARE(sourceRow(table->model()->index(1, 1)), 2);
        selectSourceRow(table.get(), 1);
        QCOMPARE(table->currentIndex().row(), 2);
        clickHeader(*table, 1);
        clickHeader(*table, 1);  // the third time: as it was
        QCOMPARE(column(*table, 0), natural);
        QCOMPARE(sourceRow({}), -1);
    }

    void rowsAreCopied() {
        QStandardItemModel model;
        addRow(model, QStringLiteral("a"), QStringLiteral("1"), 1);
        addRow(model, QStringLiteral("b\nc"), QStringLiteral("2"), 2);
        addRow(model, QStringLiteral("=1+1"), QStringLiteral("3"), 3);  // no formula where it is pasted
        const std::unique_ptr<QTableView> table(makeTable(&model, {}));
        makeSortable(table.get());
        table->show();
        table->activateWindow();
        table->setFocus();
        QTRY_VERIFY(table->hasFocus());
        table->sortByColumn(1, Qt::DescendingOrder);
        table->selectAll();
        QTest::keyClick(table.get(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("'=1+1\t3\nb c\t2\na\t1"));
        table->hideColumn(0);
        selectSourceRow(table.get(), 1);  // whatever key is held
        QCOMPARE(selectedText(table.get()), QStringLiteral("2"));
        Q_EMIT table->customContextMenuRequested(table->visualRect(table->model()->index(0, 1)).center());
        auto* menu = table->findChild<QMenu*>();
        QVERIFY(menu && menu->actions().front()->text().contains(QStringLiteral("Copy")));
        QGuiApplication::clipboard()->clear();
        menu->actions().front()->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("2"));
    }

    void columnsAreRemembered() {
        QStandardItemModel model;
        addRow(model, QStringLiteral("a"), QStringLiteral("1"), 1);
        {
            const std::unique_ptr<QTableView> table(makeTable(&model, {100, 50}));
            rememberColumns(table.get(), QStringLiteral("probe"));
            table->show();
            table->horizontalHeader()->resizeSection(0, 177);
        }
        const std::unique_ptr<QTableView> table(makeTable(&model, {100, 50}));
        rememberColumns(table.get(), QStringLiteral("probe"));
        QCOMPARE(table->columnWidth(0), 177);
        QSettings().setValue(QStringLiteral("columns/probe"), QVariantList{1, 2, 3, 4});  // of another version
        const std::unique_ptr<QTableView> other(makeTable(&model, {100, 50}));
        rememberColumns(other.get(), QStringLiteral("probe"));
        QCOMPARE(other->columnWidth(0), 100);
    }

    /// What is opened from a sorted table is what is read there.
    void aSortedRowLeadsToItsClip() {
        const MadeProject made(folder_.filePath(QStringLiteral("p.rest")));
        const RunId run = made.addRun("REST");
        made.measure(run, 0, {{"a before", 1, 0}, {"b before", 1, 2}, {"c before", 1, 1}, {"d before", 1, 1}});
        made.measure(run, 5, {{"a after", 1, 2}, {"b after", 1, 0}, {"c after", 1, 1}, {"d after", 1, 0}});
        MainWindow window;
        QVERIFY(openIn(window, made));
        window.showPage(MainWindow::Page::reports);
        ReportsPage& reports = window.reportsPage();
        QTRY_VERIFY(reports.idle());
        reports.show(ReportsPage::View::compare);
        auto* table = reinterpret_cast<QWidget*>(reports.compare())->findChild<QTableView*>();
        QVERIFY(table);
        QTRY_COMPARE(table->model()->rowCount(), 4);
        clickHeader(*table, ComparisonModel::CaptionAfterColumn);
        QCOMPARE(column(*table, ComparisonModel::CaptionAfterColumn),
                 (QStringList{"a after", "b after", "c after", "d after"}));
        openByKey(table, table->model()->index(2, 0));
        QTRY_COMPARE(window.page(), MainWindow::Page::captions);
        QCOMPARE(window.captionsPage().video(), made.clips[2]);
    }

    void runsAreSortedByTheirNumbers() {
        const MadeProject made(folder_.filePath(QStringLiteral("r.rest")));
        for (int i = 0; i < 11; ++i) made.addRun("run");
        MainWindow window;
        QVERIFY(openIn(window, made));
        window.showPage(MainWindow::Page::train);
        window.trainPage().show(TrainPage::View::runs);
        QTRY_COMPARE(window.runs().rowCount(), 11);
        auto* table = window.trainPage().findChild<QTableView*>();
        clickHeader(*table, RunModel::NameColumn);
        QCOMPARE(column(*table, RunModel::NameColumn).first(), QStringLiteral("1 · run"));
        QCOMPARE(column(*table, RunModel::NameColumn).last(), QStringLiteral("11 · run"));
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                          table->visualRect(table->model()->index(1, 0)).center());
        QCOMPARE(window.trainPage().shownRun().id, RunId{2});
    }

    /// The model of 200,000 videos sorts itself.
    void videosAreSorted() {
        std::vector<VideoRecord> videos;
        for (int i = 0; i < 200'000; ++i) {
            VideoRecord video;
            video.id = i + 1;
            video.name = "clip " + std::to_string((i * 7919) % 200'000) + ".mp4";
            video.label = i % 400;
            video.frames = (i * 31) % 1000;
            videos.push_back(video);
        }
        std::vector<std::string> classes;
        for (int i = 0; i < 400; ++i) classes.push_back("class " + std::to_string(400 - i));
        VideoModel model(nullptr);
        model.setTable(std::make_shared<const VideoTable>(makeVideoTable(std::move(videos), classes)));
        const QPersistentModelIndex kept = model.indexOf(777);
        const auto name = [&](int row) { return model.index(row, VideoModel::NameColumn).data().toString(); };
        for (const int by : {VideoModel::NameColumn, VideoModel::ClassColumn, VideoModel::FramesColumn}) {
            const test::ThreadTimer timer;
            model.sort(by, Qt::AscendingOrder);
            QVERIFY2(timer.milliseconds() < 500, qPrintable(QString::number(timer.milliseconds())));
            QCOMPARE(model.video(kept)->id, VideoId{777});
            QCOMPARE(model.indexOf(777), QModelIndex(kept));
        }
        model.sort(VideoModel::NameColumn, Qt::AscendingOrder);
        QCOMPARE(name(0), QStringLiteral("clip 0.mp4"));
        QCOMPARE(name(1), QStringLiteral("clip 1.mp4"));
        model.sort(VideoModel::NameColumn, Qt::DescendingOrder);
        QCOMPARE(name(199'999), QStringLiteral("clip 0.mp4"));
        model.sort(VideoModel::ClassColumn, Qt::AscendingOrder);
        QCOMPARE(model.index(0, VideoModel::ClassColumn).data().toString(), QStringLiteral("class 1"));
        model.setFilter({.text = QStringLiteral("199999.mp4")});
        QCOMPARE(name(0), QStringLiteral("clip 199999.mp4"));
        model.setFilter({});
        model.sort(-1);
        QCOMPARE(model.video(model.index(0, 0))->id, VideoId{1});
    }
};

REST_TEST(TestUiTables)
#include "test_ui_tables.moc"
