// SPDX-License-Identifier: GPL-3.0-or-later
// Return does the same as a click on an entry of a list.
#include <QListView>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/support/test_program.h"
#include "tests/ui/clips.h"
#include "tests/ui/made_project.h"
#include "tests/ui/opening.h"
#include "ui/captions/captions_page.h"
#include "ui/captions/made_caption_model.h"
#include "ui/player/video_player.h"

using namespace rest;
using namespace rest::store;
using namespace rest::ui;

class TestUiKeys : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir folder_;

  private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void aCaptionMadeLeadsToItsFrame() {
        const MadeProject made(folder_.filePath(QStringLiteral("p.rest")));
        const RunId run = made.addRun("REST");
        {
            Project project = Project::open(path(made.folder));
            VideoRecord video = *project.video(made.train);
            video.path = writeGreyClip(folder_.path(), QStringLiteral("t.mp4"), 16).toStdString();
            video.frames = 16, video.width = 64, video.height = 48, video.duration_seconds = 1.6;
            project.put_videos(std::vector<VideoRecord>{video});
            std::vector<GeneratedCaption> captions;
            for (int frame = 0; frame < 8; ++frame)
                captions.push_back({made.train, 0, "said " + std::to_string(frame), "blip", "p", frame, -0.5});
            project.add_generated(run, captions);
        }
        MainWindow window;
        QVERIFY(openIn(window, made));
        window.showPage(MainWindow::Page::captions);
        CaptionsPage& page = window.captionsPage();
        page.showVideo(made.train);
        page.show(CaptionsPage::View::made);
        auto* model = page.findChild<MadeCaptionModel*>();
        QTRY_COMPARE(model->rowCount(), 8);
        QTableView* table = nullptr;
        for (QTableView* one : page.findChildren<QTableView*>()) {
            if (one->model() == model) table = one;
        }
        QVERIFY(table && table->isVisible());
        QTRY_COMPARE(page.player()->frame(), 0);
        openByKey(table, model->index(3, 0));
        QTRY_COMPARE(page.player()->frame(), 7);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(model->index(1, 2)).center());
        QTRY_COMPARE(page.player()->frame(), 3);
    }
};

REST_TEST(TestUiKeys)
#include "test_ui_keys.moc"
