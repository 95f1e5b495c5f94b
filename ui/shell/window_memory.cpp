// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/window_memory.h"

#include <QSettings>

#include "ui/captions/captions_page.h"
#include "ui/clips/video_filter_bar.h"
#include "ui/dataset/dataset_page.h"
#include "ui/reports/evaluation_model.h"
#include "ui/reports/reports_page.h"
#include "ui/session/project_session.h"
#include "ui/session/run_model.h"
#include "ui/shell/main_window.h"
#include "ui/shell/project_runs.h"
#include "ui/shell/session_keeper.h"
#include "ui/train/train_page.h"

namespace rest::ui {

namespace {

const QString geometry_key = QStringLiteral("window/geometry");
const QString memory_key = QStringLiteral("window");

QJsonObject written(const VideoFilter& filter) {
    return {{QStringLiteral("text"), filter.text},
            {QStringLiteral("split"), filter.split ? static_cast<int>(*filter.split) : -1},
            {QStringLiteral("problems"), filter.problems_only}};
}

VideoFilter filterOf(const QJsonObject& written) {
    VideoFilter filter;
    filter.text = written.value(QLatin1String("text")).toString();
    const int split = written.value(QLatin1String("split")).toInt(-1);
    if (split >= 0 && split <= static_cast<int>(dataset::Split::test))
        filter.split = static_cast<dataset::Split>(split);
    filter.problems_only = written.value(QLatin1String("problems")).toBool();
    return filter;
}

VideoFilterBar* filterBar(const QWidget& page) {
    return page.findChild<VideoFilterBar*>();
}

QJsonObject part(const QJsonObject& all, const char* name) {
    return all.value(QLatin1String(name)).toObject();
}

}  // namespace

WindowMemory::WindowMemory(MainWindow& window, QObject* parent) : QObject(parent), window_(window) {
    const QByteArray geometry = QSettings().value(geometry_key).toByteArray();
    if (!geometry.isEmpty()) window_.restoreGeometry(geometry);
    connect(&window_.session(), &ProjectSession::closing, this, &WindowMemory::keep);
    connect(&window_.session(), &ProjectSession::opened, this, &WindowMemory::recall);
    connect(&window_.projectRuns(), &ProjectRuns::known, this, &WindowMemory::recallRuns);
}

WindowMemory::~WindowMemory() {
    QSettings().setValue(geometry_key, window_.saveGeometry());
    keep();
}

void WindowMemory::keep() {
    ProjectSession& session = window_.session();
    if (!session.isOpen()) return;
    const QJsonObject now = state();
    if (now == kept_) return;
    session.remember(session.folder(), memory_key, now);
    kept_ = now;
}

QJsonObject WindowMemory::state() const {
    // What a page shows by itself is no choice: 0, so that the newest one is still shown when there is a newer.
    const auto chosen = [](const auto& shown, const auto& by_itself, auto number) {
        return shown == by_itself ? qint64{0} : static_cast<qint64>(number);
    };
    const auto run = [&](const store::RunRef& ref) { return chosen(ref, window_.runs().ref(0), ref.id); };
    TrainPage& train = window_.trainPage();
    CaptionsPage& captions = window_.captionsPage();
    const ReportsPage& reports = window_.reportsPage();
    DatasetPage& dataset = window_.datasetPage();
    const QString word = QString::fromStdString(pageWord(window_.page()));
    const auto& videos = window_.session().videos()->videos;
    const store::VideoId first = videos.empty() ? 0 : videos.front().id;
    const ReportKey& report = reports.current();
    const bool by_itself = report == reports.evaluations()->first();
    return {{QStringLiteral("page"), word},
            {QStringLiteral("dataset"), QJsonObject{{QStringLiteral("filter"), written(filterBar(dataset)->filter())},
                                                    {QStringLiteral("view"), static_cast<int>(dataset.view())}}},
            {QStringLiteral("train"), QJsonObject{{QStringLiteral("run"), run(train.shownRun())},
                                                  {QStringLiteral("view"), static_cast<int>(train.view())}}},
            {QStringLiteral("captions"),
             QJsonObject{{QStringLiteral("filter"), written(filterBar(captions)->filter())},
                         {QStringLiteral("run"), run(captions.run())},
                         {QStringLiteral("video"), chosen(captions.video(), first, captions.video())}}},
            {QStringLiteral("reports"), QJsonObject{{QStringLiteral("run"), chosen(by_itself, true, report.run.id)},
                                                    {QStringLiteral("epoch"), by_itself ? 0 : report.epoch},
                                                    {QStringLiteral("view"), static_cast<int>(reports.view())}}}};
}

/// What needs no more than the videos; the pages have taken them by now.
void WindowMemory::recall() {
    ProjectSession& session = window_.session();
    const QJsonObject found = session.memory().value(memory_key).toObject();
    kept_ = found.isEmpty() ? state() : found;
    if (found.isEmpty()) return;
    if (!window_.pageWasAsked())
        window_.showPage(pageCalled(found.value(QLatin1String("page")).toString().toStdString()));
    const QJsonObject dataset = part(found, "dataset");
    filterBar(window_.datasetPage())->setFilter(filterOf(part(dataset, "filter")));
    window_.datasetPage().show(static_cast<DatasetPage::View>(dataset.value(QLatin1String("view")).toInt()));
    const QJsonObject reports = part(found, "reports");
    window_.reportsPage().show(static_cast<ReportsPage::View>(reports.value(QLatin1String("view")).toInt()));
    const store::RunRef run = session.ref(reports.value(QLatin1String("run")).toInteger());
    if (run) window_.reportsPage().expect({run, reports.value(QLatin1String("epoch")).toInt()});
}

void WindowMemory::recallRuns() {
    ProjectSession& session = window_.session();
    const QJsonObject found = session.memory().value(memory_key).toObject();
    const QJsonObject train = part(found, "train"), captions = part(found, "captions");
    const auto run = [&](const QJsonObject& of) { return session.ref(of.value(QLatin1String("run")).toInteger()); };
    if (window_.runs().rowOf(run(train)) >= 0) window_.trainPage().showRun(run(train));
    if (!train.isEmpty())
        window_.trainPage().show(static_cast<TrainPage::View>(train.value(QLatin1String("view")).toInt()));
    if (window_.projectRuns().all().rowOf(run(captions)) >= 0) window_.captionsPage().showRun(run(captions));
    const store::VideoId video = captions.value(QLatin1String("video")).toInteger();
    if (session.videos()->find(video)) window_.captionsPage().showVideo(video, false);
    if (!captions.isEmpty()) filterBar(window_.captionsPage())->setFilter(filterOf(part(captions, "filter")));
}

}  // namespace rest::ui
