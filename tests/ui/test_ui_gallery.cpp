// SPDX-License-Identifier: GPL-3.0-or-later
// The failure gallery: evaluations are chosen, filtered and walked through, and lead elsewhere.
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/support/processor_timer.h"
#include "tests/support/test_program.h"
#include "tests/ui/buttons.h"
#include "tests/ui/clips.h"
#include "tests/ui/made_failures.h"
#include "tests/ui/opening.h"
#include "ui/captions/captions_page.h"
#include "ui/gallery/clip_detail.h"
#include "ui/gallery/evaluation_bar.h"
#include "ui/gallery/margin_range.h"
#include "ui/gallery/said_model.h"
#include "ui/player/video_player.h"
#include "ui/reports/explorer_panel.h"
#include "ui/reports/reports_page.h"
#include "ui/session/engine_client.h"

using namespace rest;
using namespace rest::store;
using namespace rest::ui;

class TestUiGallery : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir folder_;
    int made_ = 0;

    MadeFailures make(int more = 0) {
        return MadeFailures(folder_.filePath(QStringLiteral("p%1.rest").arg(++made_)), more);
    }

    static void compareWithEpochFive(GalleryPage& page) {
        QComboBox* other = page.evaluations()->otherChoice();
        other->setFocus();
        while (!other->currentText().contains(QStringLiteral("epoch 5"))) QTest::keyClick(other, Qt::Key_Down);
        QVERIFY(QTest::qWaitFor([&] { return page.book()->table()->other.epoch == 5 && page.idle(); }));
    }

  private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void withoutAnEvaluationThePageSaysWhatToDo() {
        const MadeProject made(folder_.filePath(QStringLiteral("empty.rest")));
        MainWindow window;
        QVERIFY(openIn(window, made));
        window.showPage(MainWindow::Page::failures);
        const auto buttons = pressable<QPushButton>(window.galleryPage());
        QVERIFY(buttons.contains(QStringLiteral("Go to Reports")) && buttons.contains(QStringLiteral("Go to Train")));
        for (auto* one : window.galleryPage().findChildren<QPushButton*>()) {
            if (one->text() == QLatin1String("Go to Train")) QTest::mouseClick(one, Qt::LeftButton);
        }
        QCOMPARE(window.page(), MainWindow::Page::train);
    }

    void theNewestEvaluationIsShownAndFilteredByWhatIsTicked() {
        const MadeFailures failures = make(3);
        MainWindow window;
        QVERIFY(openGallery(window, failures));
        GalleryPage& page = window.galleryPage();
        QAbstractItemModelTester clips(page.model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        QAbstractItemModelTester facet(page.panel()->labels()->model(),
                                       QAbstractItemModelTester::FailureReportingMode::Fatal);
        QCOMPARE(page.book()->evaluation().epoch, 10);
        QCOMPARE(page.model()->rowCount(), 7);
        QCOMPARE(countOf(page.panel()->verdicts(), QStringLiteral("Wrong")), 5);
        QCOMPARE(countOf(page.panel()->labels(), QStringLiteral("juggling balls")), 4);
        QVERIFY(!page.panel()->changes()->isVisible() && !page.panel()->people()->isVisible());
        QVERIFY(tickOption(page.panel()->verdicts(), QStringLiteral("Wrong")));
        QTRY_COMPARE(page.model()->rowCount(), 5);
        // Its own facet counts as before, the others only what is wrong.
        QCOMPARE(countOf(page.panel()->verdicts(), QStringLiteral("Right")), 2);
        QCOMPARE(countOf(page.panel()->labels(), QStringLiteral("juggling balls")), 3);
        QCOMPARE(countOf(page.panel()->labels(), QStringLiteral("rowing boat")), 1);
        QVERIFY(tickOption(page.panel()->labels(), QStringLiteral("surfing")));
        QTRY_COMPARE(captionsShown(page), QStringList{QStringLiteral("a dog in the water")});
        page.panel()->labels()->view()->setFocus();
        page.panel()->labels()->view()->setCurrentIndex(page.panel()->labels()->model()->index(0));
        QTest::keyClick(page.panel()->labels()->view(), Qt::Key_Space);  // of most clips: juggling
        QTRY_COMPARE(page.model()->rowCount(), 4);
        page.panel()->words()->setFocus();
        QTest::keyClicks(page.panel()->words(), QStringLiteral("NUMBER 5"));
        QTRY_COMPARE(page.model()->rowCount(), 1);
        for (auto* one : page.findChildren<QPushButton*>()) {
            if (one->text() == QLatin1String("Clear filters") && one->isVisible())
                QTest::mouseClick(one, Qt::LeftButton);
        }
        QTRY_COMPARE(page.model()->rowCount(), 7);
        QVERIFY(page.panel()->words()->text().isEmpty());
    }

    void whatChangedIsAskedFor() {
        const MadeFailures failures = make();
        MainWindow window;
        QVERIFY(openGallery(window, failures));
        GalleryPage& page = window.galleryPage();
        compareWithEpochFive(page);
        QVERIFY(page.panel()->changes()->isVisible());
        QCOMPARE(countOf(page.panel()->changes(), QStringLiteral("Became right")), 1);
        QCOMPARE(countOf(page.panel()->changes(), QStringLiteral("Became wrong")), 1);
        QCOMPARE(countOf(page.panel()->changes(), QStringLiteral("Same")), 2);
        QVERIFY(tickOption(page.panel()->changes(), QStringLiteral("Became wrong")));
        QTRY_COMPARE(captionsShown(page), QStringList{QStringLiteral("surfing a wave")});
    }

    void marginsAreAskedForAndOrdered() {
        const MadeFailures failures = make(2);
        MainWindow window;
        QVERIFY(openGallery(window, failures));
        GalleryPage& page = window.galleryPage();
        page.panel()->margin()->findChildren<QDoubleSpinBox*>()[0]->setValue(0.035);
        QTRY_COMPARE(page.model()->rowCount(), 3);  // 0.04, 0.05, 0.06
        page.panel()->clear();
        QTRY_COMPARE(page.model()->rowCount(), 6);
        QComboBox* order = nullptr;
        for (auto* one : page.findChildren<QComboBox*>()) {
            if (one->accessibleName() == QLatin1String("Order")) order = one;
        }
        QVERIFY(order);
        order->setCurrentIndex(2);  // surest first
        QTRY_COMPARE(captionsShown(page).front(), QStringLiteral("someone throws things, number 5"));
        QCOMPARE(captionsShown(page).back(), QStringLiteral("a person rows a boat"));
    }

    void nextAndPreviousGoThroughTheResult() {
        const MadeFailures failures = make(40);
        MainWindow window;
        QVERIFY(openGallery(window, failures));
        GalleryPage& page = window.galleryPage();
        clickCard(page, 0);
        QTest::keyClick(page.grid(), Qt::Key_J);
        QTest::keyClick(page.grid(), Qt::Key_J);
        QCOMPARE(page.grid()->currentIndex().row(), 2);
        QTest::keyClick(page.grid(), Qt::Key_K);
        QCOMPARE(page.grid()->currentIndex().row(), 1);
        openByKey(page.grid(), page.model()->index(30));
        const int scrolled = page.grid()->verticalScrollBar()->value();
        QVERIFY(page.isOpen() && scrolled > 0);
        QTest::keyClick(page.detail()->player(), Qt::Key_J);
        QTest::keyClick(page.detail()->player(), Qt::Key_K);
        QTest::keyClick(page.detail()->player(), Qt::Key_Escape);
        QVERIFY(!page.isOpen() && page.grid()->hasFocus());
        QCOMPARE(page.grid()->currentIndex().row(), 30);
        QCOMPARE(page.grid()->verticalScrollBar()->value(), scrolled);
        openByMouse(page.grid(), page.model()->index(31));
        QVERIFY(page.isOpen());
        for (int i = 0; i < 50; ++i) QTest::keyClick(page.detail()->player(), Qt::Key_J);
        QTest::keyClick(page.detail()->player(), Qt::Key_Escape);
        QCOMPARE(page.grid()->currentIndex().row(), page.model()->rowCount() - 1);
    }

    void anOpenedClipPlaysAndTellsWhatIsKnown() {
        const MadeFailures failures = make();
        {
            Project project = Project::open(path(failures.made.folder));
            VideoRecord video = *project.video(failures.clip(1));
            video.path = writeGreyClip(folder_.path(), QStringLiteral("b.mp4"), 10).toStdString();
            project.put_videos(std::vector<VideoRecord>{video});
        }
        MainWindow window;
        QVERIFY(openGallery(window, failures));
        GalleryPage& page = window.galleryPage();
        compareWithEpochFive(page);
        page.open(page.model()->rowOf(failures.clip(1)));
        QTRY_VERIFY(page.detail()->player()->frame() > 2);
        QVERIFY(page.detail()->player()->playing());
        QStringList words;
        for (const auto* label : page.detail()->findChildren<QLabel*>()) words << label->text();
        const QString all = words.join(QChar('\n'));
        for (const char* part : {"surfing a wave", "Wrong", "Read as surfing", "True class: rowing boat",
                                 "Became wrong", "before: surfing a wave", "epoch 10"})
            QVERIFY2(all.contains(QLatin1String(part)), part);
        auto* said = page.detail()->findChild<SaidModel*>();
        QTRY_COMPARE(said->rowCount(), 2);
        QCOMPARE(said->index(0, SaidModel::ReadColumn).data().toString(), QStringLiteral("✓ rowing boat"));
        QTest::keyClick(page.detail()->player(), Qt::Key_Escape);
        QVERIFY(!page.detail()->player()->playing());
    }

    void aClipLeadsToCaptionsAndReports() {
        const MadeFailures failures = make();
        MainWindow window;
        QVERIFY(openGallery(window, failures));
        GalleryPage& page = window.galleryPage();
        clickCard(page, 1);
        QTest::keyClick(page.grid(), Qt::Key_C);
        QCOMPARE(window.page(), MainWindow::Page::captions);
        QCOMPARE(window.captionsPage().video(), failures.clip(1));
        QCOMPARE(window.captionsPage().run(), window.session().ref(failures.run));
        QTest::keyClick(&window.captionsPage(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(window.page(), MainWindow::Page::failures);
        QCOMPARE(page.grid()->currentIndex().row(), 1);
        QTest::keyClick(page.grid(), Qt::Key_R);
        QCOMPARE(window.page(), MainWindow::Page::reports);
        QTRY_COMPARE(window.reportsPage().current(), (ReportKey{window.session().ref(failures.run), 10}));
        const auto explored = [&] {
            for (const auto* field : window.reportsPage().explorer()->findChildren<QLineEdit*>()) {
                if (field->accessibleName() == QLatin1String("Caption")) return field->text();
            }
            return QString();
        };
        QTRY_COMPARE(explored(), QStringLiteral("surfing a wave"));
    }

    void thePageIsFoundAsItWasLeft() {
        const MadeFailures failures = make(3);
        {
            MainWindow window;
            QVERIFY(openGallery(window, failures));
            GalleryPage& page = window.galleryPage();
            compareWithEpochFive(page);
            QVERIFY(tickOption(page.panel()->verdicts(), QStringLiteral("Wrong")));
            QTRY_COMPARE(page.model()->rowCount(), 5);
            QTest::qWait(500);  // it is kept after a moment's rest
        }
        MainWindow window;
        QVERIFY(openGallery(window, failures));
        GalleryPage& page = window.galleryPage();
        QTRY_COMPARE(page.model()->rowCount(), 5);
        QCOMPARE(page.book()->other().epoch, 5);
        QVERIFY((page.book()->filter() == gallery::ClipFilter{.verdicts = {gallery::Verdict::wrong}}));
        // Another project has its own.
        const MadeFailures another = make(1);
        window.openProject(another.made.folder);
        QTRY_COMPARE(window.session().folder(), another.made.folder);
        QTRY_COMPARE(page.model()->rowCount(), 5);
        QVERIFY(page.book()->filter() == gallery::ClipFilter());
        QVERIFY(!page.book()->other());
    }

    void aNewEvaluationIsOfferedAndNothingMoves() {
        const MadeFailures failures = make(3);
        MainWindow window;
        QVERIFY(openGallery(window, failures));
        GalleryPage& page = window.galleryPage();
        page.grid()->setCurrentIndex(page.model()->index(3));
        const auto table = page.book()->table();
        failures.made.measure(failures.run, 15, std::vector<Said>(4, Said{"new", 0, 0}));
        Q_EMIT window.engine().runChanged(window.session().ref(failures.run));
        QTRY_COMPARE(page.evaluations()->currentChoice()->count(), 3);
        QTRY_VERIFY(page.idle());
        QCOMPARE(page.book()->evaluation().epoch, 10);
        QCOMPARE(page.grid()->currentIndex().row(), 3);
        QVERIFY(page.book()->table() == table);
    }

    void fortyThousandClipsDoNotKeepTheWindowWaiting() {
        const MadeFailures failures = make(40000 - 4);
        MainWindow window;
        window.show();
        window.openProject(failures.made.folder);
        QTRY_VERIFY_WITH_TIMEOUT(window.session().isOpen() && window.session().idle(), 60000);
        window.showPage(MainWindow::Page::failures);
        GalleryPage& page = window.galleryPage();
        QTRY_COMPARE_WITH_TIMEOUT(page.model()->rowCount(), 40000, 60000);
        double longest = 0;
        const auto timed = [&](auto work) {
            const test::ThreadTimer timer;
            work();
            for (int i = 0; i < 200 && !page.book()->idle(); ++i) QTest::qWait(1);
            longest = std::max(longest, timer.milliseconds());
        };
        timed([&] { tickOption(page.panel()->verdicts(), QStringLiteral("Wrong")); });
        timed([&] { page.panel()->setFilter({.words = "number 12"}); });
        timed([&] { page.panel()->clear(); });
        QTRY_COMPARE(page.model()->rowCount(), 40000);
        qInfo("a filter took the window %.1f ms at most", longest);
        QVERIFY2(longest < 200, qPrintable(QString::number(longest)));
    }
};

REST_TEST(TestUiGallery)
#include "test_ui_gallery.moc"
