// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/evaluation_column.h"

#include <QApplication>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QListView>
#include <QMenu>
#include <QPointer>
#include <QVBoxLayout>
#include <algorithm>

#include "core/engine/measure/evaluate_job.h"
#include "ui/controls/basics.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/format.h"
#include "ui/reports/evaluation_delegate.h"
#include "ui/reports/evaluation_model.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_session.h"
#include "ui/session/run_model.h"

namespace rest::ui {

EvaluationColumn::EvaluationColumn(ProjectSession& session, EngineClient& engine, RunModel& runs, QWidget* parent)
    : QWidget(parent),
      session_(session),
      engine_(engine),
      runs_(runs),
      model_(new EvaluationModel(this)),
      list_(new QListView),
      empty_(new WrapLabel(tr("Every epoch that was measured, and every baseline, will be listed here."), "muted")) {
    setFixedWidth(268);
    makeList();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(pageTitle(tr("Reports")));
    layout->addWidget(empty_);
    layout->addWidget(list_, 1);
    layout->addStretch();
    layout->addWidget(makeButtons());
    connect(&session_, &ProjectSession::opened, this, &EvaluationColumn::updateButtons);
    connect(&session_, &ProjectSession::videosChanged, this, &EvaluationColumn::updateButtons);
    connect(&runs_, &QAbstractItemModel::modelReset, this, &EvaluationColumn::updateButtons);
    connect(&engine_, &EngineClient::jobFinished, this, &EvaluationColumn::jobFinished);
    updateButtons();
}

void EvaluationColumn::makeList() {
    list_->setModel(model_);
    list_->setItemDelegate(new EvaluationDelegate(list_));
    list_->setUniformItemSizes(true);
    list_->setMouseTracking(true);
    list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setAccessibleName(tr("Evaluations"));
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        if (index.isValid()) Q_EMIT chosen(model_->key(index));
    });
}

QWidget* EvaluationColumn::makeButtons() {
    run_menu_ = new QMenu(this);
    connect(run_menu_, &QMenu::aboutToShow, this, &EvaluationColumn::fillRunMenu);
    evaluate_button_ = button(tr("Evaluate run"));
    evaluate_button_->setMenu(run_menu_);
    auto* baselines = new QMenu(this);
    baselines->addAction(tr("BLIP, first captions"), this, [this] { addBaseline(store::RunKind::blip); });
    baselines->addAction(tr("CLIP zero-shot"), this, [this] { addBaseline(store::RunKind::clip); });
    baselines->addAction(tr("BLIP in CLIP mode…"), this, &EvaluationColumn::askForModel);
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

void EvaluationColumn::setEvaluations(const EvaluationList& evaluations) {
    model_->setEvaluations(evaluations);
    list_->setVisible(!evaluations.all.empty());
    empty_->setVisible(evaluations.all.empty());
}

void EvaluationColumn::setCurrent(ReportKey key) {
    const QModelIndex index = model_->indexOf(key);
    list_->setCurrentIndex(index);
    if (index.isValid()) list_->scrollTo(index);
}

void EvaluationColumn::fillRunMenu() {
    run_menu_->clear();
    for (int row = 0; const store::RunRecord* run = runs_.run(row); ++row) {
        run_menu_->addAction(tr("%1 · %2, newest checkpoint").arg(run->id).arg(text(run->name)), this,
                             [this, ref = runs_.ref(row)] { evaluateRun(ref); });
    }
}

void EvaluationColumn::askForModel() {
    auto* dialog = new QFileDialog(this, tr("Folder of a BLIP image-text matching model"));
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& folder) { addBaseline(store::RunKind::blip_retrieval, folder); });
    dialog->open();
}

void EvaluationColumn::evaluateRun(const store::RunRef& run) {
    if (session_.holds(run)) evaluate(store::RunKind::training, run.id, {});
}

void EvaluationColumn::addBaseline(store::RunKind kind, const QString& model) {
    evaluate(kind, std::nullopt, model);
}

void EvaluationColumn::evaluate(store::RunKind kind, std::optional<store::RunId> run, const QString& model) {
    engine::EvaluateParams params{.project = path(session_.folder()), .kind = kind, .run = run, .model = path(model)};
    params.settings = engine::preset(session_.kind() == QLatin1String("demo") ? "demo" : "paper");
    job_of_ = session_.ref();
    job_ = engine_.submit(engine::make_evaluate_job(
        params,
        [column = QPointer<EvaluationColumn>(this), project = job_of_.project](const engine::EvaluateResult& result) {
            const ReportKey key{{project, result.run}, result.epoch};
            QMetaObject::invokeMethod(
                qApp,
                [column, key] {
                    if (column) Q_EMIT column->measured(key);
                },
                Qt::QueuedConnection);
        }));
}

void EvaluationColumn::jobFinished(const engine::JobFinished& result) {
    if (result.job == job_ && result.outcome == engine::Outcome::succeeded) Q_EMIT told(text(result.message), true);
}

bool EvaluationColumn::evaluating() const {
    return session_.holds(job_of_) && engine_.find(job_) != nullptr;
}

bool EvaluationColumn::hasLabelledClips() const {
    return std::ranges::any_of(session_.videos()->videos, [](const store::VideoRecord& video) {
        return video.split != dataset::Split::train && video.label >= 0 && video.problem.empty();
    });
}

void EvaluationColumn::updateButtons() {
    const bool labelled = hasLabelledClips();
    const bool runs = runs_.rowCount() > 0;
    const QString why = tr("There are no labelled val or test videos to measure on");
    evaluate_button_->setEnabled(labelled && runs);
    evaluate_button_->setToolTip(!labelled ? why
                                 : runs    ? tr("Measure a run's newest checkpoint on the labelled val videos")
                                           : tr("Train first"));
    baseline_button_->setEnabled(labelled);
    baseline_button_->setToolTip(labelled ? tr("Evaluate an untrained baseline on the same clips") : why);
}

}  // namespace rest::ui
