// SPDX-License-Identifier: GPL-3.0-or-later
// A jump opens the origin of its row, and Back restores the list as it was left.
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/support/test_program.h"
#include "tests/ui/made_project.h"
#include "tests/ui/opening.h"
#include "ui/captions/captions_page.h"
#include "ui/captions/evolution_panel.h"
#include "ui/captions/prediction_model.h"
#include "ui/clips/video_filter_bar.h"
#include "ui/dataset/dataset_page.h"
#include "ui/reports/class_panel.h"
#include "ui/reports/compare_panel.h"
#include "ui/reports/evaluation_model.h"
#include "ui/reports/explorer_panel.h"
#include "ui/reports/reports_page.h"

using namespace rest;
using namespace rest::store;
using namespace rest::ui;

class TestUiJumps : public QObject {
    Q_OBJECT

  private:
    static constexpr int more_ = 60;
    QTemporaryDir folder_;
    std::unique_ptr<MadeProject> made_;
    RunId old_ = 0, newer_ = 0, blip_ = 0;

    /// Gives every clip a caption that starts with `words`, at a rank that `shift` makes worse.
    void measure(RunId run, int epoch, const std::string& words, int shift) const {
        std::vector<Said> said;
        for (int i = 0; i < 4 + more_; ++i) said.emplace_back(words + " " + std::to_string(i), i % 3, (i + shift) % 3);
        made_->measure(run, epoch, said);
    }

    ReportsPage& openReports(MainWindow& window, RunId run, int epoch) {
        [&] { QVERIFY(openIn(window, *made_)); }();
        window.showPage(MainWindow::Page::reports);
        ReportsPage& page = window.reportsPage();
        [&] { QTRY_VERIFY(page.evaluations()->rowCount() == 5 && page.idle()); }();
        page.showReport({window.session().ref(run), epoch});
        [&] { QTRY_VERIFY(page.idle()); }();
        return page;
    }

    static void goBack(MainWindow& window) { QTest::keyClick(&window.captionsPage(), Qt::Key_Left, Qt::AltModifier); }

    /// The caption of the selected prediction on the Captions page.
    static QString selectedPrediction(MainWindow& window) {
        for (const auto* table : window.captionsPage().findChildren<QTableView*>()) {
            if (!qobject_cast<const PredictionModel*>(table->model()) || !table->isVisible()) continue;
            const auto rows = table->selectionModel()->selectedRows(PredictionModel::CaptionColumn);
            return rows.isEmpty() ? QString() : rows.front().data().toString();
        }
        return {};
    }

    static QString explored(ReportsPage& page) {
        for (const auto* field : page.explorer()->findChildren<QLineEdit*>()) {
            if (field->accessibleName() == QLatin1String("Caption")) return field->text();
        }
        return {};
    }

    static void choose(QTableView* table, int row, const QString& action) {
        table->scrollTo(table->model()->index(row, 0));
        Q_EMIT table->customContextMenuRequested(table->visualRect(table->model()->index(row, 0)).center());
        for (QAction* one : table->findChild<QMenu*>()->actions()) {
            if (one->text().contains(action)) one->trigger();
        }
        table->findChild<QMenu*>()->close();
    }

  private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        made_ = std::make_unique<MadeProject>(folder_.filePath(QStringLiteral("p.rest")), more_);
        old_ = made_->addRun("old");
        newer_ = made_->addRun("newer");
        blip_ = made_->addRun("BLIP", RunKind::blip);
        measure(old_, 0, "old at 0", 0);
        measure(old_, 5, "old at 5", 1);
        measure(newer_, 0, "newer at 0", 0);
        measure(newer_, 5, "newer at 5", 2);
        measure(blip_, 0, "blip", 1);
    }

    void aRowOfTheComparisonLeadsToItsRunAndBack() {
        for (const auto open : {openByMouse, openByKey}) {
            MainWindow window;
            ReportsPage& page = openReports(window, old_, 5);
            page.show(ReportsPage::View::compare);
            page.compare()->setFilter(ComparePanel::Filter::worsened);
            auto* table = page.compare()->findChild<QTableView*>();
            auto* model = page.compare()->model();
            QTRY_VERIFY(model->rowCount() > 20);
            const int row = model->rowCount() - 3;
            table->scrollTo(table->model()->index(row, 0));
            const QModelIndex index = model->index(row, ComparisonModel::CaptionAfterColumn);
            const QString caption = index.data().toString();
            QVERIFY(caption.startsWith(QStringLiteral("old at 5")));
            const VideoId video = model->place(row, ComparisonModel::Side::after).video;
            open(table, table->model()->index(row, 0));
            const int scrolled = table->verticalScrollBar()->value();
            QVERIFY(scrolled > 0);
            QVERIFY(window.captionsPage().isVisible());
            QCOMPARE(window.captionsPage().video(), video);
            QCOMPARE(window.captionsPage().run(), window.session().ref(old_));
            QTRY_COMPARE(selectedPrediction(window), caption);
            goBack(window);
            QVERIFY(page.isVisible() && table->isVisible());
            QCOMPARE(table->verticalScrollBar()->value(), scrolled);
            QCOMPARE(table->currentIndex().row(), row);
            QVERIFY(model->index(row, ComparisonModel::CaptionAfterColumn).data().toString() == caption);
            QCOMPARE(page.current(), (ReportKey{window.session().ref(old_), 5}));
            QVERIFY(table->hasFocus());
        }
    }

    void theExplorerTakesTheCaptionOfTheRow() {
        MainWindow window;
        ReportsPage& page = openReports(window, old_, 5);
        page.show(ReportsPage::View::compare);
        page.compare()->setFilter(ComparePanel::Filter::worsened);
        auto* table = page.compare()->findChild<QTableView*>();
        auto* model = page.compare()->model();
        QTRY_VERIFY(model->rowCount() > 20);
        for (const auto& [side, column] : {std::pair{"after", ComparisonModel::CaptionAfterColumn},
                                           std::pair{"before", ComparisonModel::CaptionBeforeColumn}}) {
            page.show(ReportsPage::View::compare);
            const QString caption = model->index(1, column).data().toString();
            choose(table, 1, QStringLiteral("Open its caption in the Explorer · ") + QLatin1String(side));
            QVERIFY(page.explorer()->isVisible());
            QTRY_COMPARE(explored(page), caption);
        }
    }

    void aBaselinesRowLeadsToTheBaseline() {
        MainWindow window;
        ReportsPage& page = openReports(window, blip_, 0);
        page.show(ReportsPage::View::classes);
        page.classes()->chooseClass(2);
        auto* table = page.classes()->findChild<QTableView*>();
        QTRY_COMPARE(table->model()->rowCount(), 1);
        openByKey(table, table->model()->index(0, 0));
        QCOMPARE(window.captionsPage().run(), window.session().ref(blip_));
        QTRY_COMPARE(selectedPrediction(window), QStringLiteral("blip 3"));
    }

    void theDatasetStandsAsItWasLeft() {
        MainWindow window;
        QVERIFY(openIn(window, *made_));
        window.showPage(MainWindow::Page::dataset);
        auto* filter = window.datasetPage().findChild<VideoFilterBar*>();
        auto* grid = window.datasetPage().findChild<QListView*>(QStringLiteral("videoGrid"));
        filter->setText(QStringLiteral("more"));
        QTRY_COMPARE(grid->model()->rowCount(), more_);
        const QModelIndex index = grid->model()->index(more_ - 2, 0);
        openByMouse(grid, index);
        const int scrolled = grid->verticalScrollBar()->value();
        QVERIFY(scrolled > 0 && window.captionsPage().isVisible());
        goBack(window);
        QVERIFY(grid->isVisible());
        QCOMPARE(grid->verticalScrollBar()->value(), scrolled);
        QCOMPARE(grid->currentIndex().row(), more_ - 2);
        QCOMPARE(filter->filter().text, QStringLiteral("more"));
    }

    void theCaptionsListStandsAsItWasLeft() {
        MainWindow window;
        QVERIFY(openIn(window, *made_));
        window.showPage(MainWindow::Page::captions);
        CaptionsPage& page = window.captionsPage();
        auto* filter = page.findChild<VideoFilterBar*>();
        QListView* list = nullptr;  // a combo box has one too, for its popup
        for (auto* one : page.findChildren<QListView*>()) {
            if (one->accessibleName() == QLatin1String("Videos")) list = one;
        }
        QVERIFY(list);
        filter->setText(QStringLiteral("more"));
        QTRY_COMPARE(list->model()->rowCount(), more_);
        list->setCurrentIndex(list->model()->index(40, 0));
        const VideoId here = page.video();
        list->verticalScrollBar()->setValue(300);
        page.showVideo(made_->train);  // like a link of a retrieved caption; the filter hides that video
        QTRY_COMPARE(list->model()->rowCount(), 5 + more_);
        QTest::qWait(200);  // typing is debounced before it filters
        page.back();
        QCOMPARE(page.video(), here);
        QTest::qWait(200);
        QCOMPARE(list->model()->rowCount(), more_);
        QCOMPARE(list->verticalScrollBar()->value(), 300);
        QCOMPARE(list->currentIndex().row(), 40);
    }

    void aStepIsShown() {
        const MadeProject made(folder_.filePath(QStringLiteral("steps.rest")));
        const RunId run = made.addRun("REST");
        for (int step = 0; step < 3; ++step) made.keep(run, step, "kept at " + std::to_string(step));
        MainWindow window;
        QVERIFY(openIn(window, made));
        window.showPage(MainWindow::Page::captions);
        CaptionsPage& page = window.captionsPage();
        page.jumpTo({window.session().ref(run), -1, 1, made.train}, [] {});
        QTRY_COMPARE(page.steps()->steps(), 3);
        QTRY_COMPARE(page.steps()->step(), 1);
        page.jumpTo({{"/another.rest", run}, -1, 2, made.clips[0]}, [] {});  // another project's run: ignored
        QCOMPARE(page.video(), made.train);
        QCOMPARE(page.steps()->step(), 1);
    }
};

REST_TEST(TestUiJumps)
#include "test_ui_jumps.moc"
