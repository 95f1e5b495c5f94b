// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/reports_page.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "core/engine/measure/report_tables.h"
#include "ui/controls/basics.h"
#include "ui/controls/empty_state.h"
#include "ui/look/format.h"
#include "ui/reports/class_panel.h"
#include "ui/reports/compare_panel.h"
#include "ui/reports/confusion_panel.h"
#include "ui/reports/evaluation_column.h"
#include "ui/reports/evaluation_model.h"
#include "ui/reports/explorer_panel.h"
#include "ui/reports/export_button.h"
#include "ui/reports/report_book.h"
#include "ui/reports/summary_panel.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_session.h"

namespace rest::ui {

ReportsPage::ReportsPage(ProjectSession& session, EngineClient& engine, RunModel& runs, QWidget* parent)
    : QWidget(parent),
      session_(session),
      engine_(engine),
      book_(new ReportBook(session, engine, this)),
      column_(new EvaluationColumn(session, engine, runs)) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(page_margin, page_margin, page_margin, gap);
    layout->setSpacing(page_margin);
    layout->addWidget(column_);
    layout->addWidget(makeRight(), 1);

    connect(book_, &ReportBook::listChanged, this, &ReportsPage::takeList);
    connect(book_, &ReportBook::reportChanged, this, &ReportsPage::takeReport);
    connect(column_, &EvaluationColumn::chosen, this, [this](ReportKey key) {
        if (key != current_) showReport(key);
    });
    connect(column_, &EvaluationColumn::measured, this, [this](ReportKey key) {
        if (!session_.holds(key.run)) return;
        wanted_ = key;
        if (book_->has(key)) showReport(std::exchange(wanted_, {}));
    });
    connect(column_, &EvaluationColumn::told, this, &ReportsPage::told);
    connect(evaluations(), &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex&, const QModelIndex&, const QList<int>& roles) {
                if (roles.contains(Qt::CheckStateRole)) showSummary();
            });
    connect(&session_, &ProjectSession::opened, this, [this] {
        evaluations()->forgetChoices();
        current_ = wanted_ = {};
        show(View::summary);
        updateEmpty();
    });
    connect(&session_, &ProjectSession::videosChanged, this, &ReportsPage::showCurrent);
    connect(&engine_, &EngineClient::jobsChanged, this, &ReportsPage::updateEmpty);
    takeList();
}

QWidget* ReportsPage::makeRight() {
    summary_ = new SummaryPanel;
    classes_ = new ClassPanel;
    confusion_ = new ConfusionPanel;
    compare_ = new ComparePanel;
    explorer_ = new ExplorerPanel(session_);
    tabs_ = new QTabWidget;
    tabs_->tabBar()->setDrawBase(false);
    auto* column = new QWidget;
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(small_gap);
    layout->addWidget(makeHead());
    layout->addWidget(tabs_, 1);
    addTab(summary_, tr("Summary"), tr("The evaluations that are ticked, beside the paper's figures"), true);
    addTab(classes_, tr("Classes"), tr("How often each class is right, and its clips"), true);
    addTab(confusion_, tr("Confusion"), tr("Which class is taken for which"), true);
    addTab(compare_, tr("Compare"), tr("Two evaluations, video by video"), true);
    addTab(explorer_, tr("Explorer"), tr("Type a caption and see how CLIP-TAM reads it"), false);
    connect(summary_, &SummaryPanel::chosen, this, &ReportsPage::showReport);
    connect(compare_, &ComparePanel::otherChosen, this, &ReportsPage::showComparison);
    const auto choose = [this] {
        export_->setPanel(shownPanel(), title_->text().isEmpty() ? tr("report") : title_->text());
    };
    connect(tabs_, &QTabWidget::currentChanged, this, [this, choose] {
        choose();
        updateEmpty();
    });
    choose();
    return column;
}

QWidget* ReportsPage::makeHead() {
    title_ = sectionTitle({});
    about_ = mutedLabel();
    for (QLabel* label : {title_, about_}) label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    export_ = new ExportButton;
    connect(export_, &ExportButton::saved, this,
            [this](const QString& file) { Q_EMIT told(tr("Written to %1").arg(file), true); });
    connect(export_, &ExportButton::failed, this, [this](const QString& message) { Q_EMIT told(message, false); });
    auto* names = new QVBoxLayout;
    names->setSpacing(1);
    names->addWidget(title_);
    names->addWidget(about_);
    auto* head = new QWidget;
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    layout->addLayout(names, 1);
    layout->addWidget(export_);
    return head;
}

void ReportsPage::addTab(ReportPanel* panel, const QString& name, const QString& tip, bool needs_report) {
    connect(panel, &ReportPanel::videoActivated, this, &ReportsPage::videoActivated);
    connect(panel, &ReportPanel::explorerRequested, this, [this](const Place& place) {
        show(View::explorer);
        if (const ReportPtr report = book_->report({place.run, place.epoch}))
            explorer_->setTemplates(report->result.class_templates);
        explorer_->showPlace(place);
    });
    QWidget* tab = panel;
    if (needs_report) {
        auto* stack = new QStackedWidget;
        stack->addWidget(panel);
        empties_.push_back(new EmptyState(QStringLiteral("reports"), {}, {}));
        stack->addWidget(empties_.back());
        stacks_.push_back(stack);
        tab = stack;
    }
    tabs_->setTabToolTip(tabs_->addTab(tab, name), tip);
}

ReportPanel* ReportsPage::shownPanel() const {
    ReportPanel* const panels[] = {summary_, classes_, confusion_, compare_, explorer_};
    return panels[std::max(0, tabs_->currentIndex())];
}

void ReportsPage::show(View view) {
    tabs_->setCurrentIndex(static_cast<int>(view));
}

EvaluationModel* ReportsPage::evaluations() const {
    return column_->model();
}

/// A user viewing a run's newest epoch follows the run, as the tick does; one viewing another epoch stays there.
void ReportsPage::takeList() {
    const bool at_newest = current_ == evaluations()->evaluations().newestOf(current_.run);
    column_->setEvaluations(book_->evaluations());
    compare_->setEvaluations(book_->evaluations());
    ReportKey key = book_->has(current_) ? current_ : evaluations()->first();
    if (at_newest && book_->has(current_)) key = book_->evaluations().newestOf(current_.run);
    if (book_->has(wanted_)) key = std::exchange(wanted_, {});
    showReport(key);
    showSummary();
}

void ReportsPage::showReport(ReportKey key) {
    current_ = key;
    column_->setCurrent(key);
    book_->want(key);
    showCurrent();
}

void ReportsPage::takeReport(ReportKey key) {
    if (const ReportPtr report = book_->report(key)) evaluations()->setTop1(key, report->result.report.top1);
    const auto ticked = evaluations()->checked();
    if (std::ranges::find(ticked, key) != ticked.end()) showSummary();
    if (key == current_) {
        showCurrent();
    } else if (key == compare_->other(current_)) {
        showComparison();
    }
}

void ReportsPage::showCurrent() {
    const ReportPtr report = book_->report(current_);
    title_->setText(report ? report->title : QString());
    about_->setText(report
                        ? tr("%1 · top-1 %2 % on %3 of %4 clips")
                              .arg(text(engine::report_source(report->result)), percentText(report->result.report.top1),
                                   countText(report->result.report.counted), countText(report->result.labelled_clips))
                        : QString());
    export_->setPanel(shownPanel(), report ? report->title : tr("report"));
    updateEmpty();
    // While the next report is read, the previous one stays, to avoid flicker.
    if (!report && book_->has(current_) && book_->problem(current_).isEmpty()) return;
    summary_->setCurrent(report, session_.folder());
    if (report != shown_ || session_.videos() != shown_videos_) showPanels(report);
    showComparison();
}

/// Lists being read must not jump: a report that is shown already is not set again.
void ReportsPage::showPanels(const ReportPtr& report) {
    shown_ = report;
    shown_videos_ = session_.videos();
    classes_->setReport(report, shown_videos_, session_.folder());
    confusion_->setReport(report, shown_videos_, session_.folder());
    if (report) explorer_->setTemplates(report->result.class_templates);
}

void ReportsPage::showSummary() {
    std::vector<ReportPtr> reports;
    for (const ReportKey& key : evaluations()->checked()) {
        book_->want(key);
        if (ReportPtr report = book_->report(key)) reports.push_back(std::move(report));
    }
    summary_->setReports(reports, session_.folder());
}

void ReportsPage::showComparison() {
    const ReportKey other = compare_->other(current_);
    book_->want(other);
    compare_->setReports(book_->report(current_), book_->report(other), session_.videos());
}

void ReportsPage::updateEmpty() {
    const bool none = book_->evaluations().all.empty();
    const QString problem = book_->problem(current_);
    export_->setEnabled(shownPanel() == explorer_ || book_->report(current_));
    for (QStackedWidget* stack : stacks_) stack->setCurrentIndex(none || !problem.isEmpty() ? 1 : 0);
    QString title = tr("Nothing measured yet");
    QString words =
        tr("A training is measured after every retrieval step. Or measure a baseline on the same clips: CLIP needs no "
           "training.");
    if (column_->evaluating()) {
        title = tr("Evaluating…");
        words = tr("The report appears here when the job is done.");
    } else if (!problem.isEmpty()) {
        title = tr("This evaluation cannot be read");
        words = problem;
    } else if (!column_->hasLabelledClips()) {
        title = tr("No labelled val videos");
        words =
            tr("CLIP-TAM asks whether a caption names the right class: import a folder with class folders under val/ "
               "(or test/).");
    }
    for (EmptyState* empty : empties_) empty->setTexts(title, words);
}

bool ReportsPage::idle() const {
    return book_->idle() && explorer_->idle();
}

}  // namespace rest::ui
