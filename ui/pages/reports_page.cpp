// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/reports_page.h"

#include <QApplication>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QListView>
#include <QMenu>
#include <QPointer>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include "core/engine/jobs.h"
#include "core/engine/report_tables.h"
#include "ui/engine_client.h"
#include "ui/format.h"
#include "ui/models/evaluation_model.h"
#include "ui/models/run_model.h"
#include "ui/project_session.h"
#include "ui/report_book.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/class_panel.h"
#include "ui/widgets/compare_panel.h"
#include "ui/widgets/confusion_panel.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/evaluation_delegate.h"
#include "ui/widgets/explorer_panel.h"
#include "ui/widgets/export_button.h"
#include "ui/widgets/summary_panel.h"
#include "ui/widgets/wrap_label.h"

namespace rest::ui {

namespace {

/// CLIP-TAM has something to be measured on.
bool hasLabelledClips(const VideoTable& table) {
    return std::ranges::any_of(table.videos, [](const VideoRecord& video) {
        return video.split != Split::train && video.label >= 0 && video.problem.empty();
    });
}

}  // namespace

ReportsPage::ReportsPage(ProjectSession& session, EngineClient& engine, RunModel& runs, QWidget* parent)
    : QWidget(parent), session_(session), engine_(engine), runs_(runs), book_(new ReportBook(session, engine, this)),
      list_model_(new EvaluationModel(this)) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(page_margin, page_margin, page_margin, gap);
    layout->setSpacing(page_margin);
    layout->addWidget(makeList());
    layout->addWidget(makeRight(), 1);

    connect(book_, &ReportBook::listChanged, this, &ReportsPage::takeList);
    connect(book_, &ReportBook::reportChanged, this, &ReportsPage::takeReport);
    connect(list_model_, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex&, const QModelIndex&, const QList<int>& roles) {
        if (roles.contains(Qt::CheckStateRole)) showSummary();
    });
    connect(&session_, &ProjectSession::opened, this, [this] {
        list_model_->forgetChoices();
        current_ = wanted_ = {};
        show(View::summary);
        updateButtons();
    });
    connect(&session_, &ProjectSession::videosChanged, this, [this] {
        updateButtons();
        showCurrent();
    });
    connect(&runs_, &QAbstractItemModel::modelReset, this, &ReportsPage::updateButtons);
    connect(&engine_, &EngineClient::jobsChanged, this, &ReportsPage::updateEmpty);
    connect(&engine_, &EngineClient::jobFinished, this, &ReportsPage::jobFinished);
    takeList();
}

QWidget* ReportsPage::makeList() {
    list_ = new QListView;
    list_->setModel(list_model_);
    list_->setItemDelegate(new EvaluationDelegate(list_));
    list_->setUniformItemSizes(true);
    list_->setMouseTracking(true);
    list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setAccessibleName(tr("Evaluations"));
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        const ReportKey key = list_model_->key(index);
        if (key.run != 0 && key != current_) showReport(key);
    });
    list_empty_ = new WrapLabel(tr("Every epoch that was measured, and every baseline, will be listed here."), "muted");
    auto* column = new QWidget;
    column->setFixedWidth(268);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(pageTitle(tr("Reports")));
    layout->addWidget(list_empty_);
    layout->addWidget(list_, 1);
    layout->addStretch();
    layout->addWidget(makeButtons());
    return column;
}

QWidget* ReportsPage::makeButtons() {
    run_menu_ = new QMenu(this);
    connect(run_menu_, &QMenu::aboutToShow, this, &ReportsPage::fillRunMenu);
    evaluate_button_ = button(tr("Evaluate run"));
    evaluate_button_->setMenu(run_menu_);
    auto* baselines = new QMenu(this);
    baselines->addAction(tr("BLIP, first captions"), this, [this] { addBaseline(RunKind::blip); });
    baselines->addAction(tr("CLIP zero-shot"), this, [this] { addBaseline(RunKind::clip); });
    baselines->addAction(tr("BLIP in CLIP mode…"), this, &ReportsPage::askForModel);
    baseline_button_ = button(tr("Add baseline"));
    baseline_button_->setMenu(baselines);
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(small_gap);
    layout->addWidget(evaluate_button_, 1);
    layout->addWidget(baseline_button_, 1);
    return row;
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
    connect(compare_, &ComparePanel::beforeChosen, this, &ReportsPage::showComparison);
    const auto choose = [this] { export_->setPanel(shownPanel(), title_->text().isEmpty() ? tr("report") : title_->text()); };
    connect(tabs_, &QTabWidget::currentChanged, this, choose);
    choose();
    return column;
}

QWidget* ReportsPage::makeHead() {
    title_ = sectionTitle({});
    about_ = mutedLabel();
    for (QLabel* label : {title_, about_}) label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    export_ = new ExportButton;
    connect(export_, &ExportButton::saved, this, [this](const QString& file) { Q_EMIT told(tr("Written to %1").arg(file), true); });
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
    connect(panel, &ReportPanel::explorerAsked, this, [this](qint64 video) {
        show(View::explorer);
        explorer_->showVideo(video);
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

void ReportsPage::show(View view) { tabs_->setCurrentIndex(static_cast<int>(view)); }

void ReportsPage::fillRunMenu() {
    run_menu_->clear();
    for (int row = 0; const RunRecord* run = runs_.run(row); ++row) {
        run_menu_->addAction(tr("%1 · %2, newest checkpoint").arg(run->id).arg(text(run->name)), this, [this, id = run->id] { evaluateRun(id); });
    }
}

void ReportsPage::askForModel() {
    auto* dialog = new QFileDialog(this, tr("Folder of a BLIP image-text matching model"));
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) { addBaseline(RunKind::blip_retrieval, folder); });
    dialog->open();
}

void ReportsPage::evaluateRun(RunId run) { evaluate(RunKind::training, run, {}); }

void ReportsPage::addBaseline(RunKind kind, const QString& model) { evaluate(kind, std::nullopt, model); }

void ReportsPage::evaluate(RunKind kind, std::optional<RunId> run, const QString& model) {
    EvaluateParams params{.project = path(session_.folder()), .kind = kind, .run = run, .model = path(model)};
    params.settings = preset(session_.kind() == QLatin1String("demo") ? "demo" : "paper");
    job_ = engine_.submit(make_evaluate_job(params, [page = QPointer<ReportsPage>(this)](const EvaluateResult& result) {
        const ReportKey key{result.run, result.epoch};
        QMetaObject::invokeMethod(
            qApp, [page, key] { if (page) page->wanted_ = key; }, Qt::QueuedConnection);
    }));
    updateEmpty();
}

void ReportsPage::jobFinished(const JobFinished& result) {
    if (result.job != job_) return;
    job_ = 0;
    book_->reload();
    if (wanted_.run != 0 && book_->has(wanted_)) showReport(std::exchange(wanted_, {}));
    if (result.outcome == Outcome::succeeded) Q_EMIT told(text(result.message), true);
    updateEmpty();
}

void ReportsPage::takeList() {
    list_model_->setEvaluations(book_->evaluations());
    compare_->setEvaluations(book_->evaluations());
    ReportKey key = book_->has(current_) ? current_ : list_model_->first();
    if (wanted_.run != 0 && book_->has(wanted_)) key = std::exchange(wanted_, {});
    showReport(key);
    showSummary();
}

void ReportsPage::showReport(ReportKey key) {
    current_ = key;
    const QModelIndex index = list_model_->indexOf(key);
    list_->setCurrentIndex(index);
    if (index.isValid()) list_->scrollTo(index);
    book_->want(key);
    showCurrent();
}

void ReportsPage::takeReport(ReportKey key) {
    if (const ReportPtr report = book_->report(key)) list_model_->setTop1(key, report->result.report.top1);
    const auto ticked = list_model_->checked();
    if (std::ranges::find(ticked, key) != ticked.end()) showSummary();
    if (key == current_) {
        showCurrent();
    } else if (key == compare_->before(current_)) {
        showComparison();
    }
}

void ReportsPage::showCurrent() {
    const ReportPtr report = book_->report(current_);
    title_->setText(report ? report->title : QString());
    about_->setText(report ? tr("%1 · top-1 %2 % on %3 of %4 clips")
                                 .arg(text(report_source(report->result)), percentText(report->result.report.top1),
                                      countText(report->result.report.counted), countText(report->result.labelled_clips))
                           : QString());
    export_->setPanel(shownPanel(), report ? report->title : tr("report"));
    updateEmpty();
    // While the next report is read, the one before stays: nothing flickers.
    if (!report && book_->has(current_) && book_->problem(current_).isEmpty()) return;
    summary_->setCurrent(report, session_.folder());
    classes_->setReport(report, session_.videos(), session_.folder());
    confusion_->setReport(report, session_.videos(), session_.folder());
    if (report) explorer_->setTemplates(report->result.class_templates);
    showComparison();
}

void ReportsPage::showSummary() {
    std::vector<ReportPtr> reports;
    for (const ReportKey key : list_model_->checked()) {
        book_->want(key);
        if (ReportPtr report = book_->report(key)) reports.push_back(std::move(report));
    }
    summary_->setReports(reports, session_.folder());
}

void ReportsPage::showComparison() {
    const ReportKey before = compare_->before(current_);
    book_->want(before);
    compare_->setReports(book_->report(before), book_->report(current_), session_.videos());
}

void ReportsPage::updateEmpty() {
    const bool none = book_->evaluations().empty();
    const QString problem = book_->problem(current_);
    list_->setVisible(!none);
    list_empty_->setVisible(none);
    for (QStackedWidget* stack : stacks_) stack->setCurrentIndex(none || !problem.isEmpty() ? 1 : 0);
    QString title = tr("Nothing measured yet");
    QString words = tr("A training is measured after every retrieval step. Or measure a baseline on the same clips: CLIP needs no training.");
    if (engine_.find(job_)) {
        title = tr("Evaluating…");
        words = tr("The report appears here when the job is done.");
    } else if (!problem.isEmpty()) {
        title = tr("This evaluation cannot be read");
        words = problem;
    } else if (!hasLabelledClips(*session_.videos())) {
        title = tr("No labelled val videos");
        words = tr("CLIP-TAM asks whether a caption names the right class: import a folder with class folders under val/ (or test/).");
    }
    for (EmptyState* empty : empties_) empty->setTexts(title, words);
    updateButtons();
}

void ReportsPage::updateButtons() {
    const bool labelled = hasLabelledClips(*session_.videos());
    const QString why = tr("There are no labelled val or test videos to measure on");
    evaluate_button_->setEnabled(labelled && runs_.rowCount() > 0);
    evaluate_button_->setToolTip(!labelled ? why : runs_.rowCount() == 0 ? tr("Train first") : tr("Measure a run's newest checkpoint on the labelled val videos"));
    baseline_button_->setEnabled(labelled);
    baseline_button_->setToolTip(labelled ? tr("Measure a model as it comes, on the same clips") : why);
    for (QPushButton* made : {evaluate_button_, baseline_button_}) made->setAccessibleDescription(made->toolTip());
}

bool ReportsPage::idle() const { return book_->idle() && explorer_->idle(); }

}  // namespace rest::ui
