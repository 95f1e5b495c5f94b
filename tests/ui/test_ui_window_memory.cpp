// SPDX-License-Identifier: GPL-3.0-or-later
// A window and a project are found as they were left.
#include <QFile>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/support/test_program.h"
#include "tests/ui/made_project.h"
#include "ui/captions/captions_page.h"
#include "ui/clips/video_filter_bar.h"
#include "ui/dataset/dataset_page.h"
#include "ui/reports/evaluation_model.h"
#include "ui/reports/reports_page.h"
#include "ui/shell/window_memory.h"
#include "ui/train/train_page.h"

using namespace rest;
using namespace rest::store;
using namespace rest::ui;

class TestUiWindowMemory : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    static MadeProject make(const QString& where) {
        MadeProject made(where);
        for (const char* name : {"one", "two", "three"}) {
            const RunId run = made.addRun(name);
            for (const int epoch : {0, 5})
                made.measure(run, epoch, {{"x", 1, 0}, {"x", 1, 0}, {"x", 1, 1}, {"x", 1, 1}});
        }
        return made;
    }
    static bool ready(MainWindow& window) {
        return QTest::qWaitFor([&] {
            return window.runs().rowCount() == 3 && window.reportsPage().idle() &&
                   window.reportsPage().evaluations()->rowCount() == 6 && window.session().idle();
        });
    }

  private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder_.filePath(QStringLiteral("settings")));
    }

    void aProjectIsFoundAsItWasLeft() {
        const MadeProject made = make(folder_.filePath(QStringLiteral("a.rest")));
        const MadeProject other(folder_.filePath(QStringLiteral("b.rest")));
        {
            MainWindow window;
            WindowMemory memory(window);
            QVERIFY(openIn(window, made));
            QVERIFY(ready(window));
            window.trainPage().showRun(window.session().ref(1));
            window.trainPage().show(TrainPage::View::check);
            window.captionsPage().showRun(window.session().ref(2));
            window.captionsPage().showVideo(made.clips[2]);
            window.reportsPage().showReport({window.session().ref(2), 0});
            window.reportsPage().show(ReportsPage::View::confusion);
            window.datasetPage().show(DatasetPage::View::table);
            window.datasetPage().findChild<VideoFilterBar*>()->setFilter(
                {.text = QStringLiteral("rowing"), .split = dataset::Split::val});
            window.showPage(MainWindow::Page::reports);
            QVERIFY(openIn(window, other));  // by leaving it, or by closing the window
            QCOMPARE(window.page(), MainWindow::Page::dataset);
            QVERIFY(window.datasetPage().findChild<VideoFilterBar*>()->filter() == VideoFilter());
        }
        for (int time = 0; time < 2; ++time) {
            MainWindow window;
            WindowMemory memory(window);
            QVERIFY(openIn(window, made));
            QVERIFY(ready(window));
            QCOMPARE(window.page(), MainWindow::Page::reports);
            QCOMPARE(window.trainPage().shownRun().id, RunId{1});
            QCOMPARE(window.trainPage().view(), TrainPage::View::check);
            QCOMPARE(window.captionsPage().run().id, RunId{2});
            QCOMPARE(window.captionsPage().video(), made.clips[2]);
            QVERIFY(window.reportsPage().current() == (ReportKey{window.session().ref(2), 0}));
            QCOMPARE(window.reportsPage().view(), ReportsPage::View::confusion);
            QCOMPARE(window.datasetPage().view(), DatasetPage::View::table);
            const VideoFilter filter = window.datasetPage().findChild<VideoFilterBar*>()->filter();
            QCOMPARE(filter.text, QStringLiteral("rowing"));
            QVERIFY(filter.split == dataset::Split::val);
        }
        MainWindow window;
        WindowMemory memory(window);
        window.openProject(made.folder, MainWindow::Page::train);  // asked for: it counts
        QTRY_VERIFY(window.session().isOpen());
        QCOMPARE(window.page(), MainWindow::Page::train);
    }

    void whatIsGoneIsNotMissed() {
        const MadeProject made = make(folder_.filePath(QStringLiteral("c.rest")));
        QFile file(made.folder + QStringLiteral("/window.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"window": {"page": "holograms", "train": {"run": 77, "view": 1},
                      "captions": {"run": 77, "video": 99999, "filter": {"split": 12}},
                      "reports": {"run": 77, "epoch": 3, "view": 2}, "dataset": 5}})");
        file.close();
        MainWindow window;
        WindowMemory memory(window);
        QVERIFY(openIn(window, made));
        QVERIFY(ready(window));
        QCOMPARE(window.page(), MainWindow::Page::dataset);
        QCOMPARE(window.trainPage().shownRun().id, RunId{3});
        QVERIFY(window.captionsPage().video() != 0);
        QCOMPARE(window.reportsPage().current().run.id, RunId{3});
        QVERIFY(window.captionsPage().findChild<VideoFilterBar*>()->filter() == VideoFilter());
    }

    void lookingAtAProjectWritesNothing() {
        const MadeProject made = make(folder_.filePath(QStringLiteral("d.rest")));
        {
            MainWindow window;
            WindowMemory memory(window);
            QVERIFY(openIn(window, made));
            QVERIFY(ready(window));
        }
        QVERIFY(!QFile::exists(made.folder + QStringLiteral("/window.json")));
    }

    void theWindowHasItsSizeAgain() {
        QSize size;
        {
            MainWindow window;
            WindowMemory memory(window);
            window.resize(window.minimumSize() + QSize(7, 5));
            window.show();
            QVERIFY(QTest::qWaitForWindowExposed(&window));
            size = window.size();
        }
        MainWindow window;
        QVERIFY(window.size() != size);
        WindowMemory memory(window);
        QCOMPARE(window.size(), size);
    }
};

REST_TEST(TestUiWindowMemory)
#include "test_ui_window_memory.moc"
