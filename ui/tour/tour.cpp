// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tour/tour.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QTimer>
#include <algorithm>

#include "core/store/project.h"
#include "ui/captions/captions_page.h"
#include "ui/captions/step_panel.h"
#include "ui/dataset/dataset_page.h"
#include "ui/look/format.h"
#include "ui/look/theme.h"
#include "ui/models/models_page.h"
#include "ui/player/video_player.h"
#include "ui/rating/rating_pane.h"
#include "ui/rating/rating_screen.h"
#include "ui/reports/compare_panel.h"
#include "ui/reports/explorer_panel.h"
#include "ui/reports/reports_page.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_session.h"
#include "ui/session/run_model.h"
#include "ui/shell/main_window.h"
#include "ui/study/study_gallery.h"
#include "ui/study/study_page.h"
#include "ui/study/study_panel.h"
#include "ui/train/train_page.h"

namespace rest::ui {

namespace {
constexpr int shortest_wait_ms = 350;
constexpr int longest_wait_ms = 60000;

store::VideoId firstOf(const VideoTable& table, dataset::Split split) {
    for (const store::VideoRecord& video : table.videos) {
        if (video.split == split && video.problem.empty()) return video.id;
    }
    return table.videos.empty() ? 0 : table.videos.front().id;
}

/// A train video whose first list holds captions of other videos: shows what retrieval does.
store::VideoId firstWithRetrieved(const QString& folder, const VideoTable& table) {
    const store::Project project = store::Project::open(path(folder), store::OpenMode::read_only);
    const auto runs = project.runs();
    for (const store::VideoRecord& video : table.videos) {
        if (runs.empty() || video.split != dataset::Split::train || !video.problem.empty()) continue;
        const auto list = project.captions(runs.back().id, video.id, 0);
        if (std::ranges::count(list, store::CaptionOrigin::retrieved, &store::CaptionRecord::origin) > 1)
            return video.id;
    }
    return firstOf(table, dataset::Split::train);
}
}  // namespace

Tour::Tour(MainWindow& window, ThemeManager& themes, const QString& folder, const QString& project, QObject* parent)
    : QObject(parent), window_(window), themes_(themes), folder_(folder), project_(project) {}

void Tour::start() {
    QDir().mkpath(folder_);
    window_.resize(1280, 800);
    window_.show();
    stops_.push_back({QStringLiteral("start"), [] {}});
    addEmptyStops();
    if (!project_.isEmpty()) {
        addProjectStops();
        addStudyStops();
    }
    visit();
}

void Tour::addEmptyStops() {
    stops_.push_back(
        {{}, [this] { window_.session().create(QDir(empty_.path()).filePath(QStringLiteral("new.rest"))); }});
    stops_.push_back({QStringLiteral("empty-dataset"), [this] { window_.showPage(MainWindow::Page::dataset); }});
    stops_.push_back({QStringLiteral("empty-train"), [this] { window_.showPage(MainWindow::Page::train); }});
    stops_.push_back({QStringLiteral("empty-captions"), [this] { window_.showPage(MainWindow::Page::captions); }});
    stops_.push_back({QStringLiteral("empty-reports"), [this] { window_.showPage(MainWindow::Page::reports); }});
    stops_.push_back({QStringLiteral("empty-reports-explorer"),
                      [this] { window_.reportsPage().show(ReportsPage::View::explorer); }});
    stops_.push_back({QStringLiteral("empty-study"), [this] { window_.showPage(MainWindow::Page::study); }});
    stops_.push_back({QStringLiteral("models"), [this] { window_.showPage(MainWindow::Page::models); }});
}

void Tour::addProjectStops() {
    using Page = MainWindow::Page;
    const auto table = [this] { return window_.session().videos(); };
    const auto add = [this](const char* name, std::function<void()> go) {
        stops_.push_back({QString::fromLatin1(name), std::move(go)});
    };
    add("", [this] { window_.openProject(project_); });
    add("dataset", [this] {
        window_.showPage(Page::dataset);
        window_.datasetPage().show(DatasetPage::View::grid);
    });
    add("dataset-table", [this] { window_.datasetPage().show(DatasetPage::View::table); });
    add("dataset-problems", [this] { window_.datasetPage().show(DatasetPage::View::problems); });
    add("dataset-preview", [this, table] {
        window_.datasetPage().show(DatasetPage::View::grid);
        if (!table()->videos.empty())
            window_.datasetPage().preview(QFileInfo(text(table()->videos.front().path)).absolutePath());
    });
    add("train", [this] {
        window_.showPage(Page::train);
        window_.trainPage().show(TrainPage::View::curves);
    });
    add("train-runs", [this] { window_.trainPage().show(TrainPage::View::runs); });
    add("train-check", [this] { window_.trainPage().check(); });
    add("train-queue", [this] { window_.showQueue(true); });
    add("train-log", [this] {
        window_.showQueue(false);
        window_.trainPage().show(TrainPage::View::curves);
        window_.showLog(true);
    });
    add("captions", [this, table] {
        window_.showLog(false);
        window_.showPage(Page::captions);
        window_.captionsPage().showVideo(firstWithRetrieved(project_, *table()));
    });
    add("captions-first-step", [this] {
        window_.captionsPage().steps()->showStep(0);
        window_.captionsPage().player()->showSample(3);
    });
    add("captions-generated", [this] { window_.captionsPage().show(CaptionsPage::View::made); });
    add("captions-predictions", [this, table] {
        window_.captionsPage().showVideo(firstOf(*table(), dataset::Split::val));
        window_.captionsPage().show(CaptionsPage::View::predictions);
    });
    addReportStops();
}

void Tour::addReportStops() {
    using View = ReportsPage::View;
    const auto add = [this](const char* name, View view, std::function<void()> go) {
        stops_.push_back({QString::fromLatin1(name), [this, view, go = std::move(go)] {
                              window_.showPage(MainWindow::Page::reports);
                              window_.reportsPage().show(view);
                              go();
                          }});
    };
    add("reports", View::summary, [] {});
    add("reports-classes", View::classes, [] {});
    add("reports-confusion", View::confusion, [] {});
    add("reports-compare", View::compare,
        [this] { window_.reportsPage().compare()->setFilter(ComparePanel::Filter::improved); });
    add("reports-explorer", View::explorer, [this] {
        window_.reportsPage().explorer()->setOwnClasses({tr("paddling"), tr("playing an instrument")});
        window_.reportsPage().explorer()->showVideo(firstOf(*window_.session().videos(), dataset::Split::val));
    });
}

void Tour::addStudyStops() {
    const auto add = [this](const char* name, std::function<void()> go) {
        stops_.push_back({QString::fromLatin1(name), std::move(go)});
    };
    try {
        study_ = makeTourStudy(project_, empty_.path());
    } catch (const Error&) {
        return;  // nothing to judge
    }
    const auto panel = [this] { return window_.studyPage().panel(); };
    add("", [this] { window_.openProject(study_.project); });
    add("", [this] { window_.showPage(MainWindow::Page::study); });
    add("study-setup", [this] { window_.studyPage().newStudy(); });
    add("", [this] { window_.studyPage().showStudy(study_.answered); });
    add("study", [panel] { panel()->show(StudyPanel::View::overview); });
    add("study-report", [panel] { panel()->show(StudyPanel::View::report); });
    add("study-clips", [panel] {
        panel()->gallery()->showQuadrant(true, false);
        panel()->show(StudyPanel::View::clips);
    });
    add("", [this] { window_.studyPage().showStudy(study_.fresh); });
    add("study-report-empty", [panel] { panel()->show(StudyPanel::View::report); });
    addRatingStops();
}

void Tour::addRatingStops() {
    const auto add = [this](const char* name, std::function<void()> go) {
        stops_.push_back({QString::fromLatin1(name), std::move(go)});
    };
    add("", [this] { window_.openStudy(study_.answered); });
    add("rating-sign-in-filled", [] {});
    add("", [this] { window_.openStudy(study_.sent); });
    add("rating-sign-in", [] {});
    add("rating", [this] { window_.rating().signIn(QStringLiteral("Anna")); });
    add("rating-skip", [this] { window_.rating().pane()->askReason(); });
    add("rating-pause", [this] { window_.rating().pause(); });
}

void Tour::visit() {
    if (at_ == stops_.size()) {
        window_.session().close();
        QApplication::exit(failed_ ? 1 : 0);
        return;
    }
    stops_[at_].go();
    waited_.start();
    QTimer::singleShot(shortest_wait_ms, this, &Tour::settle);
}

bool Tour::quiet() const {
    return window_.session().idle() && window_.datasetPage().idle() && window_.captionsPage().idle() &&
           window_.reportsPage().idle() && window_.studyPage().idle() && window_.modelsPage().idle() &&
           window_.rating().idle() && !window_.engine().busy();
}

void Tour::settle() {
    if (!quiet() && waited_.elapsed() < longest_wait_ms) {
        QTimer::singleShot(50, this, &Tour::settle);
        return;
    }
    grab();
    ++at_;
    visit();
}

void Tour::grab() {
    if (stops_[at_].name.isEmpty()) return;
    for (const auto& [theme, word] : {std::pair{Theme::light, "light"}, std::pair{Theme::dark, "dark"}}) {
        themes_.setTheme(theme);
        QApplication::processEvents();
        const QString scale =
            window_.devicePixelRatioF() > 1 ? QStringLiteral("@%1x").arg(window_.devicePixelRatioF()) : QString();
        const QString file = QStringLiteral("%1-%2-%3%4.png")
                                 .arg(at_, 2, 10, QChar('0'))
                                 .arg(stops_[at_].name, QLatin1String(word), scale);
        if (!window_.grab().save(QDir(folder_).filePath(file))) failed_ = true;
    }
}

}  // namespace rest::ui
