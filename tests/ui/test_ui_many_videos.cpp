// SPDX-License-Identifier: GPL-3.0-or-later
// The explorer's video field, in a project of 200,000 videos.
#include <QCompleter>
#include <QLineEdit>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/support/test_program.h"
#include "tests/ui/made_project.h"
#include "tests/ui/thread_time.h"
#include "ui/reports/explorer_panel.h"
#include "ui/reports/reports_page.h"

using namespace rest;
using namespace rest::store;
using namespace rest::ui;

class TestUiManyVideos : public QObject {
    Q_OBJECT

  private:
    static constexpr int count_ = 200000;
    QTemporaryDir folder_;

    static QLineEdit* field(ExplorerPanel& panel) {
        for (auto* one : panel.findChildren<QLineEdit*>()) {
            if (one->accessibleName() == QLatin1String("Video")) return one;
        }
        return nullptr;
    }

  private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void aNameIsFoundWithoutWaiting() {
        const QString folder = folder_.filePath(QStringLiteral("many.rest"));
        {
            Project project = Project::create(path(folder));
            std::vector<VideoRecord> videos(count_);
            for (int i = 0; i < count_; ++i) {
                VideoRecord& video = videos[static_cast<size_t>(i)];
                video.name = "val/some action or other/Clip number " + std::to_string(i) + ".mp4";
                video.path = "/nowhere/" + video.name;
                video.split = dataset::Split::val;
            }
            project.put_videos(videos);
        }
        MainWindow window;
        window.show();
        window.openProject(folder);
        QTRY_VERIFY_WITH_TIMEOUT(window.session().isOpen() && window.session().idle(), 60000);
        window.showPage(MainWindow::Page::reports);
        window.reportsPage().show(ReportsPage::View::explorer);
        ExplorerPanel& panel = *window.reportsPage().explorer();
        QLineEdit* video = field(panel);
        QVERIFY(video);
        video->setFocus();
        double longest = 0;
        for (const QChar key : QStringLiteral("clip NUMBER 199999")) {
            const double before = threadMilliseconds();
            QTest::keyClick(video, key.toLatin1());
            QCoreApplication::processEvents();
            longest = std::max(longest, threadMilliseconds() - before);
            QVERIFY(video->completer()->completionModel()->rowCount() <= 50);
        }
        qInfo("a key took the window %.1f ms at most", longest);
        QCOMPARE(video->completer()->completionModel()->rowCount(), 1);
        QVERIFY2(longest < 200, qPrintable(QString::number(longest)));
        const double before = threadMilliseconds();
        video->setText(video->completer()->completionModel()->index(0, 0).data().toString());
        QTest::keyClick(video, Qt::Key_Return);
        QVERIFY(threadMilliseconds() - before < 200);
        QCOMPARE(video->text(), QStringLiteral("val/some action or other/Clip number 199999.mp4"));
        video->clear();
        QTest::keyClicks(video, QStringLiteral("no such"));
        QCOMPARE(video->completer()->completionModel()->rowCount(), 0);
    }
};

REST_TEST(TestUiManyVideos)
#include "test_ui_many_videos.moc"
