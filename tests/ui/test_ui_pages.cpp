// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <initializer_list>

#include "core/engine/settings/train_settings.h"
#include "tests/support/places.h"
#include "tests/support/test_program.h"
#include "tests/ui/clips.h"
#include "tests/ui/opening.h"
#include "ui/captions/caption_card.h"
#include "ui/captions/captions_page.h"
#include "ui/captions/step_panel.h"
#include "ui/clips/video_model.h"
#include "ui/controls/notice_bar.h"
#include "ui/dataset/dataset_page.h"
#include "ui/dataset/import_preview.h"
#include "ui/player/video_player.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_session.h"
#include "ui/session/run_model.h"
#include "ui/shell/main_window.h"
#include "ui/train/setting_form.h"
#include "ui/train/train_page.h"

using namespace rest;
using namespace rest::store;
using namespace rest::ui;

class TestUiPages : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir folder_;
    QString project_;
    std::vector<VideoRecord> videos_;
    RunId run_ = 0;

    static CaptionRecord kept(int rank, const std::string& text, double score, VideoId source, VideoId own) {
        CaptionRecord caption;
        caption.rank = rank;
        caption.text = text;
        caption.clip_score = score;
        caption.source_video = source;
        caption.origin = source == own ? CaptionOrigin::generated : CaptionOrigin::retrieved;
        return caption;
    }

    void putStep(Project& project, int step, const std::string& word) {
        const VideoId a = videos_[0].id;
        const VideoId b = videos_[1].id;
        std::vector<GeneratedCaption> made;
        for (int frame = 0; frame < 8; ++frame) {
            made.push_back(
                {a, step, "a person is " + word + std::to_string(frame), "blip", "a person is", frame, -0.5});
            made.push_back({b, step, "someone is " + word + std::to_string(frame), "blip", "someone is", frame, -0.5});
        }
        project.add_generated(run_, made);
        const std::vector<VideoId> ids = {a, b};
        const std::vector<std::vector<CaptionRecord>> lists = {
            {kept(0, "someone is " + word + "1", 0.31, b, a), kept(1, "a person is " + word + "3", 0.28, a, a)},
            {kept(0, "someone is " + word + "1", 0.3, b, b)}};
        project.put_step(run_, step, ids, lists);
    }

    static QStringList cardTexts(MainWindow& window) {
        QStringList texts;
        for (const CaptionCard* card : window.captionsPage().steps()->findChildren<CaptionCard*>()) {
            QStringList parts;
            for (const QLabel* label : card->findChildren<QLabel*>()) parts << label->text();
            texts << parts.join(QChar('|'));
        }
        return texts;
    }

    void openProject(MainWindow& window) {
        window.show();
        window.openProject(project_);
        QTRY_VERIFY(window.session().isOpen());
        QTRY_COMPARE(window.runs().rowCount(), 1);
    }

  private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        project_ = folder_.filePath(QStringLiteral("pröbe eins.rest"));
        Project project = Project::create(path(project_));
        const std::vector<std::string> classes = {"rowing", "juggling balls"};
        project.set_classes(classes);
        std::vector<VideoRecord> records;
        for (const char* name : {"train/rowing/a.mp4", "train/juggling/b c.mp4", "val/rowing/d.mp4"}) {
            VideoRecord video;
            video.name = name;
            video.path =
                writeGreyClip(folder_.filePath(QStringLiteral("clips")), QString::fromUtf8(name), 16).toStdString();
            video.split = records.size() == 2 ? dataset::Split::val : dataset::Split::train;
            video.label = records.size() == 1 ? 1 : 0;
            video.frames = 16;
            video.width = 64;
            video.height = 48;
            video.duration_seconds = 1.6;
            records.push_back(video);
        }
        VideoRecord damaged = records.front();
        damaged.name = "train/rowing/broken.mp4";
        damaged.path = "/nowhere/broken.mp4";
        damaged.frames = 0;
        damaged.problem = "The file is cut short";
        damaged.remedy = "Copy it again from its source.";
        records.push_back(damaged);
        project.put_videos(records);
        videos_ = project.videos();
        engine::TrainSettings settings = engine::preset("demo");
        run_ = project.add_run("Probe", engine::to_json(settings));
        putStep(project, 0, "row");
        putStep(project, 1, "pull");
        const std::vector<PredictionRecord> predictions = {{videos_[2].id, "a person is rowing", -0.4, 0, 0}};
        project.put_predictions(run_, 5, predictions);
        std::vector<MetricPoint> curve;
        for (int i = 0; i < 200; ++i) curve.push_back({"loss", i, 4 - i * 0.01, 0});
        project.add_metrics(run_, curve);
        project.set_run_epoch(run_, 5);
        project.set_run_status(run_, RunStatus::cancelled);
    }

    void aStoppedRunIsOffered() {
        MainWindow window;
        openProject(window);
        auto* notice = window.findChild<NoticeBar*>(QStringLiteral("windowNotice"));
        QTRY_VERIFY(notice->message().contains(QStringLiteral("Probe")));
        QVERIFY(notice->message().contains(QStringLiteral("5")));
    }

    void captionsLoadAfterAProjectWasClosedMeanwhile() {
        MainWindow window;
        openProject(window);
        window.showPage(MainWindow::Page::captions);
        window.captionsPage().showRun(window.session().ref(run_));
        window.captionsPage().showVideo(videos_[1].id);
        window.captionsPage().showVideo(videos_[0].id);
        window.session().close();  // while the answer is pending
        QTRY_VERIFY(window.session().idle());
        QTRY_VERIFY(window.captionsPage().idle());
        openProject(window);
        window.showPage(MainWindow::Page::captions);
        window.captionsPage().showVideo(videos_[0].id);
        QTRY_VERIFY(!cardTexts(window).isEmpty());
    }

    void datasetShowsVideosAndProblems() {
        MainWindow window;
        openProject(window);
        auto tables = window.datasetPage().findChildren<QTableView*>();
        QCOMPARE(tables.size(), 2);
        window.datasetPage().show(DatasetPage::View::problems);
        QTableView* problems = tables[0]->model()->columnCount() == 3 ? tables[0] : tables[1];
        QCOMPARE(problems->model()->rowCount(), 1);
        QVERIFY(problems->model()->index(0, 1).data().toString().contains(QStringLiteral("cut short")));
        window.datasetPage().show(DatasetPage::View::grid);
        auto* grid = window.datasetPage().findChild<QListView*>(QStringLiteral("videoGrid"));
        QCOMPARE(grid->model()->rowCount(), 4);
        QTRY_VERIFY(window.datasetPage().idle());
        QVERIFY(!grid->model()->index(0, 0).data(VideoModel::ThumbnailRole).value<QPixmap>().isNull());
    }

    void aVideoOpensOnTheCaptionsPage() {
        MainWindow window;
        openProject(window);
        DatasetPage& page = window.datasetPage();
        QTableView* table = nullptr;
        for (QTableView* made : page.findChildren<QTableView*>()) {
            if (made->model()->columnCount() > 3) table = made;
        }
        auto* grid = page.findChild<QListView*>(QStringLiteral("videoGrid"));
        QVERIFY(grid && table);
        int row = 0;
        for (QAbstractItemView* view : std::initializer_list<QAbstractItemView*>{grid, table}) {
            for (const auto open : {openByMouse, openByKey}) {
                window.showPage(MainWindow::Page::dataset);
                page.show(view == grid ? DatasetPage::View::grid : DatasetPage::View::table);
                const QModelIndex index = view->model()->index(++row % 4, 0);
                open(view, index);
                QVERIFY(window.captionsPage().isVisible());
                const VideoRecord* shown = window.session().videos()->find(window.captionsPage().video());
                QVERIFY(shown);
                QCOMPARE(text(shown->name), index.data(Qt::DisplayRole).toString());
            }
        }
    }

    void aRunOpensItsCurves() {
        MainWindow window;
        openProject(window);
        window.showPage(MainWindow::Page::train);
        auto* tabs = window.trainPage().findChild<QTabWidget*>();
        auto* table = window.trainPage().findChild<QTableView*>();
        QVERIFY(tabs && table);
        for (const auto open : {openByMouse, openByKey}) {
            window.trainPage().show(TrainPage::View::runs);
            QVERIFY(table->isVisible());
            open(table, table->model()->index(0, 0));
            QCOMPARE(tabs->currentIndex(), static_cast<int>(TrainPage::View::curves));
        }
    }

    void previewTellsWhatAFolderHolds() {
        MainWindow window;
        openProject(window);
        window.datasetPage().preview(folder_.filePath(QStringLiteral("clips")));
        auto* preview = window.datasetPage().findChild<ImportPreview*>();
        QTRY_VERIFY(preview->ready());
        QPushButton* import = nullptr;
        for (QPushButton* made : preview->findChildren<QPushButton*>()) {
            if (made->property("primary").toBool()) import = made;
        }
        QVERIFY(import);
        QCOMPARE(import->text(), QStringLiteral("Import 3 clips"));
        QVERIFY(import->isEnabled());
    }

    void previewAsksWhatAFolderCalledTrainIs() {
        MainWindow window;
        openProject(window);
        window.datasetPage().preview(text((test::source_dir() / "tests/cases/lists/vehicles").string()));
        auto* preview = window.datasetPage().findChild<ImportPreview*>();
        QTRY_VERIFY(preview->ready());
        auto* choice = preview->findChild<QComboBox*>(QStringLiteral("folderChoice"));
        QVERIFY(choice && !choice->isHidden());
        const auto importText = [preview] {
            for (QPushButton* made : preview->findChildren<QPushButton*>()) {
                if (made->property("primary").toBool()) return made->text();
            }
            return QString();
        };
        QCOMPARE(importText(), QStringLiteral("Import 6 clips"));
        choice->setCurrentIndex(1);
        Q_EMIT choice->activated(1);
        QVERIFY(preview->settings().folders == dataset::FolderNames::splits);
        QTRY_COMPARE(importText(), QStringLiteral("Import 2 clips"));
    }

    void previewCountsListsAndFiles() {
        dataset::DatasetListing listing;
        QVERIFY(countLines(listing).isEmpty());
        listing.lists = {"val.csv"};
        listing.counts.found.count = 3;
        for (const char* name : {"a", "b", "c", "d", "e", "f"}) listing.counts.missing.add(name);
        listing.counts.empty_classes.add("rowing");
        const QString lines = countLines(listing).join(QChar('\n'));
        QVERIFY(lines.contains(QStringLiteral("Listed and found: 3")));
        QVERIFY(lines.contains(QStringLiteral("Listed and not found: 6 (a, b, c, d, e, …)")));
        QVERIFY(lines.contains(QStringLiteral("Found and not listed: 0")));
        QVERIFY(lines.contains(QStringLiteral("Classes without a clip: 1 (rowing)")));
    }

    void importIsAJobThatFillsTheProject() {
        MainWindow window;
        window.session().create(folder_.filePath(QStringLiteral("import")));
        QTRY_VERIFY(window.session().isOpen());
        window.datasetPage().preview(folder_.filePath(QStringLiteral("clips")));
        auto* preview = window.datasetPage().findChild<ImportPreview*>();
        QTRY_VERIFY(preview->ready());
        Q_EMIT preview->importRequested();
        QVERIFY(window.engine().busy());
        QTRY_VERIFY_WITH_TIMEOUT(!window.engine().busy(), 30000);
        QTRY_COMPARE(window.session().videos()->videos.size(), size_t{3});
        QCOMPARE(window.session().videos()->videos.front().frames, int64_t{16});
    }

    void captionsOfAStepWithTheirOrigin() {
        MainWindow window;
        openProject(window);
        window.showPage(MainWindow::Page::captions);
        CaptionsPage& page = window.captionsPage();
        page.showVideo(videos_[0].id);
        QTRY_COMPARE(page.steps()->steps(), 2);
        QCOMPARE(page.steps()->step(), 1);
        QStringList cards = cardTexts(window);
        QCOMPARE(cards.size(), 2);
        QVERIFY2(cards[0].contains(QStringLiteral("someone is pull1")), qPrintable(cards[0]));
        QVERIFY2(cards[0].contains(QStringLiteral("retrieved from")), qPrintable(cards[0]));
        QVERIFY2(cards[0].contains(QStringLiteral("b c.mp4")), qPrintable(cards[0]));
        QVERIFY2(cards[1].contains(QStringLiteral("frame 3")), qPrintable(cards[1]));
        QVERIFY2(cards[1].contains(QStringLiteral("a person is")), qPrintable(cards[1]));
        page.steps()->showStep(0);
        QVERIFY(cardTexts(window)[0].contains(QStringLiteral("someone is row1")));
    }

    void aRetrievedCaptionLeadsToItsVideoAndBack() {
        MainWindow window;
        openProject(window);
        window.showPage(MainWindow::Page::captions);
        CaptionsPage& page = window.captionsPage();
        page.showVideo(videos_[0].id);
        QTRY_COMPARE(page.steps()->steps(), 2);
        QLabel* origin = nullptr;
        for (QLabel* label : page.steps()->findChildren<QLabel*>()) {
            if (label->text().contains(QStringLiteral("href=\"video:"))) origin = label;
        }
        QVERIFY(origin);
        Q_EMIT origin->linkActivated(QStringLiteral("video:%1").arg(videos_[1].id));
        QTRY_COMPARE(page.video(), videos_[1].id);
        page.back();
        QCOMPARE(page.video(), videos_[0].id);
    }

    void aGeneratedCaptionLeadsToItsFrame() {
        MainWindow window;
        openProject(window);
        window.showPage(MainWindow::Page::captions);
        CaptionsPage& page = window.captionsPage();
        page.showVideo(videos_[0].id);
        QTRY_COMPARE(page.player()->frame(), 0);
        Q_EMIT page.steps()->sampleRequested(3);
        QTRY_COMPARE(page.player()->frame(), 7);
    }

    void valVideosShowPredictions() {
        MainWindow window;
        openProject(window);
        window.showPage(MainWindow::Page::captions);
        window.captionsPage().showVideo(videos_[2].id);
        const auto shown = [&] {
            for (const QTableView* table : window.captionsPage().findChildren<QTableView*>()) {
                if (table->isVisible() && table->model()->rowCount() == 1) {
                    return table->model()->index(0, 1).data().toString() +
                           table->model()->index(0, 3).data().toString();
                }
            }
            return QString();
        };
        QTRY_COMPARE(shown(), QStringLiteral("✓ 1a person is rowing"));
    }

    void newStepsFillInLive() {
        MainWindow window;
        openProject(window);
        window.showPage(MainWindow::Page::captions);
        CaptionsPage& page = window.captionsPage();
        page.showVideo(videos_[0].id);
        QTRY_COMPARE(page.steps()->steps(), 2);
        {
            Project project = Project::open(path(project_));
            putStep(project, 2, "paddle");
        }
        Q_EMIT window.engine().captionsChanged(window.session().ref(run_), 2);
        QTRY_COMPARE(page.steps()->steps(), 3);
        QCOMPARE(page.steps()->step(), 2);
        QVERIFY(cardTexts(window)[0].contains(QStringLiteral("paddle")));
    }

    void trainPageOffersToResume() {
        MainWindow window;
        openProject(window);
        window.showPage(MainWindow::Page::train);
        QStringList visible;
        for (const QPushButton* made : window.trainPage().findChildren<QPushButton*>()) {
            if (made->isVisible() && made->isEnabled()) visible << made->text();
        }
        QVERIFY(visible.contains(QStringLiteral("Resume")));
        QVERIFY(visible.contains(QStringLiteral("Start training")));
        QVERIFY(!visible.contains(QStringLiteral("Pause")));
    }

    void aMissingProjectIsAMessage() {
        MainWindow window;
        window.show();
        window.openProject(folder_.filePath(QStringLiteral("nothing.rest")));
        auto* notice = window.findChild<NoticeBar*>(QStringLiteral("windowNotice"));
        QTRY_VERIFY(!notice->message().isEmpty());
        QVERIFY(notice->message().contains(QStringLiteral("nothing.rest")));
        QVERIFY(!window.session().isOpen());
    }
};

REST_TEST(TestUiPages)
#include "test_ui_pages.moc"
