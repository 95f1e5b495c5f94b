// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTableView>
#include <QtTest/QtTest>
#include <utility>

#include "core/study/report_text.h"
#include "tests/support/test_program.h"
#include "tests/ui/made_rating.h"
#include "tests/ui/opening.h"
#include "ui/captions/captions_page.h"
#include "ui/clips/video_grid.h"
#include "ui/controls/notice_bar.h"
#include "ui/session/project_session.h"
#include "ui/shell/main_window.h"
#include "ui/study/figure_card.h"
#include "ui/study/merge_dialog.h"
#include "ui/study/quadrant_grid.h"
#include "ui/study/study_clip_model.h"
#include "ui/study/study_form.h"
#include "ui/study/study_gallery.h"
#include "ui/study/study_model.h"
#include "ui/study/study_page.h"
#include "ui/study/study_panel.h"
#include "ui/study/study_report_panel.h"
#include "ui/study/study_setup_panel.h"

using namespace rest;
using namespace rest::study;
using namespace rest::ui;

namespace {
constexpr int videos = 12;
constexpr int drawn = 9;
}  // namespace

class TestUiStudy : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir folder_;
    QString project_;
    store::RunId run_ = 0;

    void open(MainWindow& window, const QString& project) {
        window.show();
        window.openProject(project);
        QVERIFY(QTest::qWaitFor([&] { return window.session().isOpen(); }, 10000));
        window.showPage(MainWindow::Page::study);
        QTRY_VERIFY(window.studyPage().idle());
    }

    QString studyFile() const { return text(study_file(path(project_), "erste Studie")); }

    /// Answers all remaining clips of a study that is open for rating.
    static void rateAll(RatingScreen& screen, const QString& code, int every_third) {
        screen.signIn(code);
        while (screen.page() == RatingScreen::Page::rate) {
            QVERIFY(waitForClip(screen));
            QTest::keyClick(screen.pane(), screen.pane()->clip() % 3 == every_third ? Qt::Key_N : Qt::Key_Y);
        }
        screen.signOut();
    }

    static QListView* preview(StudySetupPanel* setup) {
        return setup->findChild<QListView*>(QStringLiteral("preview"));
    }

    static void edit(StudyForm* form, const QString& name, int value) {
        for (QSpinBox* box : form->findChildren<QSpinBox*>()) {
            if (box->accessibleName() == name) return box->setValue(value);
        }
        QFAIL(qPrintable(name));
    }

  private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        project_ = folder_.filePath(QStringLiteral("pröbe.rest"));
        store::Project project = store::Project::create(path(project_));
        project.set_classes(std::vector<std::string>{"rowing", "juggling"});
        std::vector<store::VideoRecord> records;
        for (int i = 0; i < videos; ++i) {
            store::VideoRecord video;
            video.name = "val/rowing/clip " + std::to_string(i) + ".mp4";
            const QString file = writeGreyClip(folder_.filePath(QStringLiteral("clips")), text(video.name), 5);
            video.path = file.toStdString();
            video.split = dataset::Split::val;
            video.label = i % 2;
            video.frames = 5;
            video.width = 64;
            video.height = 48;
            video.duration_seconds = 0.5;
            video.file_bytes = QFileInfo(file).size();
            records.push_back(video);
        }
        project.put_videos(records);
        run_ = project.add_run("rest", "{}");
        std::vector<store::PredictionRecord> predictions;
        for (const store::VideoRecord& video : project.videos()) {
            predictions.push_back({video.id, "someone is doing number " + std::to_string(video.id), -1.0, 0,
                                   static_cast<int>(video.id % 3)});
        }
        project.put_predictions(run_, 4, predictions);
    }

    void withoutEvaluatedCaptionsThereIsNothingToJudge() {
        MainWindow window;
        window.show();
        window.session().create(folder_.filePath(QStringLiteral("leer")));
        QTRY_VERIFY(window.session().isOpen());
        window.showPage(MainWindow::Page::study);
        QTRY_VERIFY(window.studyPage().idle());
        QStringList words;
        for (const QLabel* label : window.studyPage().findChildren<QLabel*>()) {
            if (label->isVisible()) words << label->text();
        }
        QVERIFY2(words.contains(QStringLiteral("Nothing to judge yet")), qPrintable(words.join(QChar('|'))));
    }

    void theFormMakesWhatItSays() {
        MainWindow window;
        open(window, project_);
        StudySetupPanel* setup = window.studyPage().setup();
        window.studyPage().newStudy();
        QTRY_VERIFY(setup->isVisible());
        QTRY_VERIFY(setup->idle());
        StudyForm* form = setup->form();
        QCOMPARE(form->setup().run.value_or(0), run_);
        QCOMPARE(form->setup().epoch.value_or(0), 4);
        QCOMPARE(form->setup().clips, int64_t{1000});
        QCOMPARE(preview(setup)->model()->rowCount(), videos);  // all available ones, and the form says so
        QStringList words;
        for (const QLabel* label : form->findChildren<QLabel*>()) words << label->text();
        QVERIFY2(words.join(QChar('|')).contains(QStringLiteral("all 12: 120 answers in all")),
                 qPrintable(words.join(QChar('|'))));

        QFile list(folder_.filePath(QStringLiteral("controls.csv")));
        QVERIFY(list.open(QIODevice::WriteOnly));
        list.write("path,caption,answer\nclips/val/rowing/clip 0.mp4,a grey picture,yes\n");
        list.close();
        form->setName(QStringLiteral("erste Studie"));
        edit(form, QStringLiteral("Clips"), drawn);
        edit(form, QStringLiteral("People per clip"), 2);
        edit(form, QStringLiteral("Seed"), 77);
        QTRY_VERIFY(setup->idle());
        QCOMPARE(preview(setup)->model()->rowCount(), drawn);
        const QString first = preview(setup)->model()->index(0, 0).data().toString();
        QSignalSpy created(setup, &StudySetupPanel::created);
        setup->create();
        QTRY_COMPARE(created.count(), 1);
        QTRY_VERIFY(window.studyPage().panel()->isVisible());

        const Study study = Study::open(path(studyFile()), store::OpenMode::read_only);
        QCOMPARE(study.clips().size(), size_t{drawn});
        QCOMPARE(text(study.clips()[0].caption), first);
        QCOMPARE(study.info().settings.answers_per_clip, 2);
        QCOMPARE(study.info().settings.seed, uint64_t{77});
        QCOMPARE(study.info().source.epoch, 4);
        QCOMPARE(text(study.info().settings.instructions), text(default_instructions()));
    }

    void ratingCoversTheProjectAndLeadsBack() {
        MainWindow window;
        open(window, project_);
        QTRY_COMPARE(window.studyPage().studies()->rowCount(), 1);
        Q_EMIT window.studyPage().panel()->rateRequested(studyFile());
        QVERIFY(window.rating().isVisible());
        QVERIFY(!window.menuWidget()->isVisible());
        QTRY_COMPARE(window.rating().page(), RatingScreen::Page::sign_in);
        rateAll(window.rating(), QStringLiteral("anna"), 0);
        Q_EMIT window.rating().left();
        QVERIFY(window.studyPage().isVisible());
        QVERIFY(window.menuWidget()->isVisible());
        QTRY_COMPARE(window.studyPage().studies()->study(0)->answers, int64_t{drawn});
        QCOMPARE(window.studyPage().studies()->study(0)->people, int64_t{1});
    }

    void aFileGoesOutAndComesBack() {
        MainWindow window;
        open(window, project_);
        QTRY_COMPARE(window.studyPage().studies()->rowCount(), 1);
        const QString sent = folder_.filePath(QStringLiteral("für Bert.study"));
        QSignalSpy told(&window.studyPage(), &StudyPage::told);
        window.studyPage().exportStudy({.out = path(sent), .annotator = "bert"});
        QTRY_COMPARE_WITH_TIMEOUT(told.count(), 1, 60000);
        QVERIFY(QFile::exists(sent));
        {
            RatingScreen screen;  // another machine
            screen.show();
            screen.open(sent, false);
            QTRY_COMPARE(screen.page(), RatingScreen::Page::sign_in);
            rateAll(screen, QStringLiteral("bert"), 1);
        }
        const QString foreign = makeRating(folder_.path(), {.clips = 3}, QStringLiteral("foreign.study"));
        window.studyPage().mergeFiles({sent, foreign});
        QTRY_VERIFY(window.findChild<MergeDialog*>());
        auto* dialog = window.findChild<MergeDialog*>();
        const QAbstractItemModel* rows = dialog->findChild<QTableView*>()->model();
        QCOMPARE(rows->rowCount(), 2);
        QCOMPARE(rows->index(0, 1).data().toInt(), drawn);
        QVERIFY(rows->index(1, 3).data().toString().startsWith(QStringLiteral("Refused")));
        dialog->accept();
        QTRY_COMPARE(window.studyPage().studies()->study(0)->answers, int64_t{2 * drawn});
    }

    void thePageShowsTheReportsFigures() {
        MainWindow window;
        open(window, project_);
        window.studyPage().showStudy(studyFile());
        StudyPanel* panel = window.studyPage().panel();
        panel->show(StudyPanel::View::report);
        QTRY_VERIFY(window.studyPage().idle());
        QTRY_VERIFY(panel->report()->figures()[0]->value() != QString());
        const StudyReport report = report_study(Study::open(path(studyFile()), store::OpenMode::read_only));
        const auto& figures = panel->report()->figures();
        QCOMPARE(figures[0]->value(), QStringLiteral("%1 %").arg(QLocale().toString(report.people.percent, 'f', 2)));
        QCOMPARE(figures[1]->value(), QStringLiteral("%1 %").arg(QLocale().toString(report.clip_tam.percent, 'f', 2)));
        QCOMPARE(figures[2]->value(), QStringLiteral("%1 %").arg(QLocale().toString(report.agreement.percent, 'f', 2)));
        const Coefficient* coefficients[] = {&report.raw, &report.kappa, &report.alpha, &report.ac1};
        for (qsizetype i = 0; i < 4; ++i) {
            QVERIFY(coefficients[i]->statistic.value);
            QCOMPARE(figures[3 + i]->value(), QLocale().toString(*coefficients[i]->statistic.value, 'f', 3));
        }
        // The paper's figures, from its table.
        QVERIFY(figures[0]->accessibleName().contains(QStringLiteral("73.80")));
        QVERIFY(figures[1]->accessibleName().contains(QStringLiteral("71.0")));
        QVERIFY(figures[2]->accessibleName().contains(QStringLiteral("75.67")));
        for (const bool yes : {false, true}) {
            for (const bool right : {false, true}) {
                const auto count = static_cast<int>(report.quadrants[yes][right].size());
                QPushButton* made = panel->report()->quadrants()->button(yes, right);
                QCOMPARE(made->text().section(QChar(' '), 0, 0).toInt(), count);
                if (count == 0) continue;
                made->click();
                QVERIFY(panel->gallery()->isVisible());
                QCOMPARE(panel->gallery()->model()->rowCount(), count);
                panel->show(StudyPanel::View::report);
            }
        }
    }

    void aClipOfTheGalleryOpensOnTheCaptionsPage() {
        MainWindow window;
        open(window, project_);
        StudyPanel* panel = window.studyPage().panel();
        panel->show(StudyPanel::View::clips);
        QTRY_COMPARE(panel->gallery()->model()->rowCount(), drawn);
        // The combo box above the gallery has a QListView too: its popup, which Qt 6.8 creates earlier than Qt 6.4.
        auto* grid = panel->gallery()->findChild<VideoGrid*>();
        for (const auto& [row, open] : {std::pair{2, &openByMouse}, std::pair{1, &openByKey}}) {
            window.showPage(MainWindow::Page::study);
            const auto name = panel->gallery()->model()->clip(row)->clip.name;
            open(grid, panel->gallery()->model()->index(row));
            QVERIFY(window.captionsPage().isVisible());
            QCOMPARE(window.session().videos()->find(window.captionsPage().video())->name, name);
        }
    }

    void theReportIsSavedInFourForms() {
        MainWindow window;
        open(window, project_);
        StudyPanel* panel = window.studyPage().panel();
        QTRY_VERIFY(window.studyPage().idle());
        QSignalSpy saved(panel, &StudyPanel::saved);
        for (const char* ending : {"csv", "json", "tex", "pdf"}) {
            panel->saveReport(folder_.filePath(QStringLiteral("report.") + QLatin1String(ending)));
        }
        QTRY_COMPARE(saved.count(), 4);
        const Study study = Study::open(path(studyFile()), store::OpenMode::read_only);
        QCOMPARE(read_file(path(folder_.filePath(QStringLiteral("report.csv")))), report_csv(study, false));
        QCOMPARE(read_file(path(folder_.filePath(QStringLiteral("report.json")))), report_json(report_study(study)));
        QCOMPARE(read_file(path(folder_.filePath(QStringLiteral("report.tex")))), report_latex(report_study(study)));
        QVERIFY(read_file(path(folder_.filePath(QStringLiteral("report.pdf")))).starts_with("%PDF"));
        auto* notice = window.findChild<NoticeBar*>(QStringLiteral("windowNotice"));
        panel->saveReport(folder_.filePath(QStringLiteral("report.docx")));
        QTRY_VERIFY(notice->message().contains(QStringLiteral("report.docx")));
    }

    void aSentFileOpensWithoutAProject() {
        const QString sent = makeRating(folder_.path(), {.clips = 3}, QStringLiteral("alone.study"));
        MainWindow window;
        window.show();
        window.openStudy(sent);
        QTRY_COMPARE(window.rating().page(), RatingScreen::Page::sign_in);
        QVERIFY(!window.session().isOpen());
        window.rating().signIn(QStringLiteral("anna"));
        for (int i = 0; i < 3; ++i) {
            QVERIFY(waitForClip(window.rating()));
            QTest::keyClick(window.rating().pane(), Qt::Key_Y);
        }
        QCOMPARE(window.rating().page(), RatingScreen::Page::finish);
        QStringList words;
        for (const QLabel* label : window.rating().findChildren<QLabel*>()) {
            if (label->isVisible()) words << label->text();
        }
        QVERIFY2(words.join(QChar('|')).contains(sent), "the file to send back is named");
        QTest::keyClick(&window.rating(), Qt::Key_F11);
        QTRY_VERIFY(window.isFullScreen());
        window.rating().signOut();
        Q_EMIT window.rating().left();
        QTRY_VERIFY(!window.isVisible());
    }

    void aDamagedStudyIsListedWithItsProblem() {
        const QString damaged = text(study_file(path(project_), "kaputt"));
        QFile file(damaged);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("no study");
        file.close();
        MainWindow window;
        open(window, project_);
        QTRY_COMPARE(window.studyPage().studies()->rowCount(), 2);
        window.studyPage().showStudy(damaged);
        QTRY_COMPARE(text(window.studyPage().panel()->study().file), damaged);
        for (const QPushButton* made : window.studyPage().panel()->findChildren<QPushButton*>()) {
            if (made->isVisible()) QVERIFY2(!made->isEnabled(), qPrintable(made->text()));
        }
        QVERIFY(!window.studyPage().studies()->study(1)->problem.isEmpty());
    }
};

REST_TEST(TestUiStudy)
#include "test_ui_study.moc"
