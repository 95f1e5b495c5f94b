// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/captions/diversity_panel.h"

#include <QHeaderView>
#include <QItemSelectionModel>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/captions/cell_model.h"
#include "ui/controls/basics.h"
#include "ui/controls/empty_state.h"
#include "ui/controls/tables.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/format.h"

namespace rest::ui {

namespace {

using engine::Collapse;

CellModel::Cell countCell(int64_t count) {
    return {countText(count), QVariant::fromValue<qint64>(count)};
}
CellModel::Cell percentCell(double percent) {
    return {decimalText(percent, 1) + QStringLiteral(" %"), percent};
}

/// The columns that steps and classes share.
void addSpread(CellModel::Row& row, const engine::Spread& spread) {
    row.cells.push_back(countCell(spread.captions));
    row.cells.push_back(countCell(spread.distinct));
    row.cells.push_back(percentCell(100 * spread.distinct_share()));
    row.cells.push_back(percentCell(spread.retrieved));
    row.cells.push_back({decimalText(spread.mean_words, 1), spread.mean_words});
}

QTableView* sortable(CellModel* model, std::initializer_list<int> widths, const QString& name) {
    QTableView* table = makeTable(model, widths);
    table->setSortingEnabled(true);
    table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    table->setAccessibleName(name);
    return table;
}

}  // namespace

QString collapseText(const Collapse& collapse, int step) {
    switch (collapse.rule) {
        case Collapse::Rule::shared:
            return DiversityPanel::tr(
                       "Step %1: “%2” stands in the lists of %3 % of the videos (the rule: no caption in "
                       "more than %4 %)")
                .arg(step)
                .arg(text(collapse.caption), decimalText(100 * collapse.value, 1),
                     decimalText(100 * collapse.limit, 0));
        case Collapse::Rule::narrowed:
            return DiversityPanel::tr(
                       "Step %1: %2 % of the captions are different ones (the rule: at least half of the "
                       "first step's share, here %3 %)")
                .arg(step)
                .arg(decimalText(100 * collapse.value, 1), decimalText(100 * collapse.limit, 1));
        case Collapse::Rule::short_captions:
            return DiversityPanel::tr("Step %1: captions have %2 words on average (the rule: at least %3)")
                .arg(step)
                .arg(decimalText(collapse.value, 1), decimalText(collapse.limit, 0));
    }
    return {};
}

DiversityPanel::DiversityPanel(QWidget* parent)
    : QWidget(parent),
      steps_(new CellModel({tr("Step"), tr("Captions"), tr("Different"), tr("Share"), tr("Retrieved"), tr("Words")},
                           this)),
      shared_(new CellModel({tr("Videos"), tr("Share"), tr("Caption")}, this)),
      per_class_(new CellModel(
          {tr("Class"), tr("Captions"), tr("Different"), tr("Share"), tr("Retrieved"), tr("Words")}, this)),
      steps_table_(sortable(steps_, {54, 84, 84, 76, 86}, tr("Diversity of each step"))),
      shared_table_(sortable(shared_, {70, 70}, tr("Captions in most lists"))),
      class_table_(sortable(per_class_, {150, 80, 80, 70, 82}, tr("Diversity of each class"))),
      below_(new QTabWidget),
      tables_(new QSplitter(Qt::Vertical)),
      warning_(new WrapLabel({}, "warning")),
      empty_(new EmptyState(QStringLiteral("captions"), tr("Nothing to count yet"),
                            tr("Choose a training that has finished a retrieval step."))) {
    wrapRows(shared_table_);
    shared_table_->setToolTip(tr("A click or Return lists the videos that hold the caption"));
    steps_table_->setToolTip(tr("Choose a step to see its captions and classes below"));
    warning_->setTextFormat(Qt::PlainText);
    below_->addTab(shared_table_, tr("In most lists"));
    below_->addTab(class_table_, tr("By class"));
    tables_->addWidget(steps_table_);
    tables_->addWidget(below_);
    tables_->setChildrenCollapsible(false);
    tables_->setStretchFactor(0, 1);
    tables_->setStretchFactor(1, 2);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, gap, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(warning_);
    layout->addWidget(tables_, 1);
    layout->addWidget(empty_, 1);
    connect(steps_table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &DiversityPanel::fillStep);
    const auto find = [this](const QModelIndex& index) { findVideos(index.data(CellModel::IdRole).toString()); };
    connect(shared_table_, &QAbstractItemView::clicked, this, find);
    connect(shared_table_, &QAbstractItemView::activated, this, find);
    showClasses(false);
    take({});
}

void DiversityPanel::setRun(const QString& project, const store::RunRef& run) {
    if (project == project_ && run == run_) return;
    project_ = project;
    run_ = run;
    counting_.cancel();
    finding_.cancel();
    take({});
    refresh();
}

void DiversityPanel::setClasses(const QStringList& classes) {
    classes_ = classes;
    fillStep();
}

void DiversityPanel::showClasses(bool on) {
    below_->setTabVisible(1, on);
}

void DiversityPanel::refresh() {
    stale_ = true;
    if (isVisible()) count();
}

void DiversityPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (stale_) count();
}

void DiversityPanel::count() {
    stale_ = false;
    if (project_.isEmpty() || !run_) return take({});
    if (found_.empty()) empty_->setTexts(tr("Counting…"), {});
    counting_.start(
        this,
        [folder = project_, run = run_](Task& task) {
            const auto project = store::Project::open(path(folder), store::OpenMode::read_only);
            return engine::caption_diversity(project, run.id, task);
        },
        [this](std::vector<engine::StepDiversity> found) { take(std::move(found)); },
        [this](const Failure& failure) {
            if (failure.cancelled) return;
            take({});
            empty_->setTexts(failure.message, failure.remedy);
        });
}

void DiversityPanel::take(std::vector<engine::StepDiversity> found) {
    const engine::StepDiversity* before = chosen();
    const bool newest = !before || before->step == found_.back().step;
    const int wanted = before ? before->step : -1;
    found_ = std::move(found);
    std::vector<CellModel::Row> rows;
    for (const engine::StepDiversity& step : found_) {
        CellModel::Row row{{{QString::number(step.step), step.step}}, {}, step.step};
        addSpread(row, step.all);
        row.tip = tr("%1 videos with lists").arg(countText(step.videos));
        if (!step.collapsed.empty()) row.cells.front().shown += QStringLiteral(" ⚠");
        for (const Collapse& collapse : step.collapsed) row.tip += QChar('\n') + collapseText(collapse, step.step);
        rows.push_back(std::move(row));
    }
    steps_->setRows(std::move(rows));
    const bool none = found_.empty();
    tables_->setVisible(!none);
    empty_->setVisible(none);
    empty_->setTexts(tr("Nothing to count yet"), tr("Choose a training that has finished a retrieval step."));
    for (int row = 0; row < steps_->rowCount(); ++row) {
        const int step = steps_->index(row, 0).data(CellModel::IdRole).toInt();
        if (newest ? step == found_.back().step : step == wanted) steps_table_->selectRow(row);
    }
    fillWarning();
    fillStep();
}

const engine::StepDiversity* DiversityPanel::chosen() const {
    const QModelIndex index = steps_table_->currentIndex();
    if (!index.isValid()) return nullptr;
    const auto at = std::ranges::find(found_, index.data(CellModel::IdRole).toInt(), &engine::StepDiversity::step);
    return at == found_.end() ? nullptr : &*at;
}

void DiversityPanel::fillStep() {
    const engine::StepDiversity* step = chosen();
    std::vector<CellModel::Row> shared, classes;
    if (step) {
        for (const engine::SharedCaption& one : step->most_shared) {
            const double share = 100.0 * static_cast<double>(one.videos) / static_cast<double>(step->videos);
            shared.push_back({{countCell(one.videos), percentCell(share), {text(one.text), text(one.text)}},
                              tr("List the videos that hold “%1”").arg(text(one.text)),
                              text(one.text)});
        }
        for (const engine::ClassSpread& one : step->classes) {
            const QString name = one.label < 0 ? tr("(no label)") : classes_.value(one.label, tr("(unknown)"));
            CellModel::Row row{{{name, name}}, {}, one.label};
            addSpread(row, one.spread);
            classes.push_back(std::move(row));
        }
    }
    shared_->setRows(std::move(shared));
    per_class_->setRows(std::move(classes));
}

/// Of the newest step: earlier ones have their mark in the table.
void DiversityPanel::fillWarning() {
    QStringList lines;
    if (!found_.empty()) {
        for (const Collapse& collapse : found_.back().collapsed)
            lines << QStringLiteral("⚠ ") + collapseText(collapse, found_.back().step);
    }
    if (!lines.isEmpty()) lines.prepend(tr("The captions may be collapsing:"));
    warning_->setText(lines.join(QChar('\n')));
    warning_->setVisible(!lines.isEmpty());
}

QString DiversityPanel::warning() const {
    return warning_->text();
}

void DiversityPanel::findVideos(const QString& caption) {
    const engine::StepDiversity* step = chosen();
    if (!step || caption.isEmpty()) return;
    finding_.start(
        this,
        [folder = project_, run = run_, step = step->step, caption](Task& task) {
            const auto project = store::Project::open(path(folder), store::OpenMode::read_only);
            return engine::videos_with_caption(project, run.id, step, caption.toStdString(), task);
        },
        [this, caption, step = step->step](const std::vector<store::VideoId>& videos) {
            Q_EMIT videosFound(
                tr("%n video(s) hold “%1” at step %2", nullptr, static_cast<int>(videos.size())).arg(caption).arg(step),
                videos);
        },
        [this](const Failure& failure) {
            if (!failure.cancelled) Q_EMIT failed(failure.message, failure.remedy);
        });
}

}  // namespace rest::ui
