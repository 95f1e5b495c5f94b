// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/captions/caption_tabs.h"

#include <QTabBar>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>
#include <utility>

#include "ui/captions/diversity_panel.h"
#include "ui/captions/evolution_panel.h"
#include "ui/captions/made_caption_model.h"
#include "ui/captions/prediction_model.h"
#include "ui/controls/basics.h"
#include "ui/controls/tables.h"

namespace rest::ui {

namespace {
QWidget* spaced(QWidget* inside) {
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, gap, 0, 0);
    layout->addWidget(inside);
    return page;
}
}  // namespace

CaptionTabs::CaptionTabs(QWidget* parent)
    : QTabWidget(parent),
      evolution_(new EvolutionPanel),
      made_(new MadeCaptionModel(this)),
      predictions_(new PredictionModel(this)),
      made_table_(makeMade()),
      predicted_table_(makePredictions()),
      diversity_(new DiversityPanel) {
    tabBar()->setDrawBase(false);
    addTab(evolution_, tr("Evolution"));
    addTab(spaced(made_table_), tr("Generated"));
    addTab(spaced(predicted_table_), tr("Predictions"));
    addTab(diversity_, tr("Diversity"));
    setTabToolTip(0, tr("The list W_i of each retrieval step, which the model learns from, and what changed in it"));
    setTabToolTip(1, tr("Everything the captioner said about this video"));
    setTabToolTip(2, tr("Captions of val and test videos at each evaluation, and the class CLIP-TAM reads from them"));
    setTabToolTip(3, tr("How varied the run's captions are, step by step"));
    connect(evolution_, &EvolutionPanel::sampleRequested, this, &CaptionTabs::sampleRequested);
}

QTableView* CaptionTabs::makeMade() {
    QTableView* table = makeTable(made_, {52, 60});
    wrapRows(table);
    table->setAccessibleName(tr("Captions made"));
    const auto show_frame = [this](const QModelIndex& index) {
        if (const store::GeneratedCaption* caption = made_->caption(index.row()))
            Q_EMIT sampleRequested(caption->frame);
    };
    connect(table, &QAbstractItemView::clicked, this, show_frame);
    connect(table, &QAbstractItemView::activated, this, show_frame);
    return table;
}

QTableView* CaptionTabs::makePredictions() {
    QTableView* table = makeTable(predictions_, {58, 54, 114});
    wrapRows(table);
    table->setAccessibleName(tr("Predictions"));
    return table;
}

void CaptionTabs::show(View view) {
    setCurrentIndex(static_cast<int>(view));
}

void CaptionTabs::showTruth(bool on) {
    predicted_table_->setColumnHidden(PredictionModel::RankColumn, !on);
    diversity_->showClasses(on);
}

void CaptionTabs::fill(const VideoCaptions& found, const QStringList& classes) {
    made_->setCaptions(found.made);
    predictions_->setPredictions(found.predictions, classes);
    evolution_->setSteps(evolutionOf(found.captions, found.made), another_);
    bringToFront(!found.captions.empty(), !found.predictions.empty());
}

void CaptionTabs::bringToFront(bool kept, bool predicted) {
    const Wanted wanted = std::exchange(wanted_, {});
    if (std::exchange(another_, false) && view() != View::diversity) {
        if (predicted && !kept) show(View::predictions);
        if (kept && view() == View::predictions) show(View::evolution);
    }
    if (wanted.view) show(*wanted.view);
    if (wanted.step >= 0) evolution_->showStep(wanted.step);
    if (wanted.scrolled) {
        // The sections get their height with the next layout.
        QTimer::singleShot(0, evolution_, [this, to = *wanted.scrolled] { evolution_->scrollTo(to); });
    }
    if (const int row = predictions_->rowOf(wanted.epoch); row >= 0) {
        predicted_table_->selectRow(row);
        predicted_table_->scrollTo(predictions_->index(row, PredictionModel::EpochColumn));
    }
}

}  // namespace rest::ui
