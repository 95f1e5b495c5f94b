// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/summary_panel.h"

#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "core/engine/measure/report_tables.h"
#include "ui/controls/basics.h"
#include "ui/controls/tables.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/format.h"
#include "ui/reports/provenance_card.h"
#include "ui/reports/result_table_model.h"

namespace rest::ui {

namespace {
constexpr int narrowest_name = 170;

/// Empty if they cannot be read: a report is useful without the paper beside it.
std::vector<evaluation::PaperTable> paperTables() {
    try {
        return evaluation::load_paper_tables();
    } catch (const Error&) {
        return {};
    }
}
}  // namespace

SummaryPanel::SummaryPanel(QWidget* parent)
    : ReportPanel(parent),
      model_(new ResultTableModel(this)),
      view_(makeTable(model_, {})),
      provenance_(new ProvenanceCard),
      paper_(paperTables()) {
    view_->setAccessibleName(tr("Summary"));
    view_->horizontalHeader()->setStretchLastSection(false);
    view_->setMinimumHeight(140);
    connect(view_->horizontalHeader(), &QHeaderView::sectionResized, this, [this](int column) {
        if (column > 0) fitColumns();
    });
    connect(view_, &QAbstractItemView::clicked, this, [this](const QModelIndex& index) {
        const auto row = static_cast<size_t>(index.row());
        if (row < rows_.size()) Q_EMIT chosen(rows_[row]);
    });
    connect(view_, &QAbstractItemView::activated, view_, &QAbstractItemView::clicked);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, gap, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(view_, 1);
    layout->addWidget(new WrapLabel(
        tr("Percent of clips. Mean: every class counts alike. Low and high: the 95 % interval of top-1. Seen and "
           "novel: "
           "classes with and without train clips. Distinct: captions. Grey: the paper's figures, on Kinetics-400."),
        "muted"));
    layout->addWidget(provenance_);
}

void SummaryPanel::setReports(const std::vector<ReportPtr>& reports, const QString& project) {
    std::vector<const engine::EvaluateResult*> results;
    rows_.clear();
    for (const ReportPtr& report : reports) {
        results.push_back(&report->result);
        rows_.push_back(report->key());
    }
    model_->setTable(engine::summary_table(results, paper_, path(project)));
    for (int column = 1; column < model_->columnCount(); ++column) {
        view_->horizontalHeader()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    }
    fitColumns();
    selectCurrent();
}

void SummaryPanel::fitColumns() {
    int figures = 0;
    for (int column = 1; column < model_->columnCount(); ++column) figures += view_->columnWidth(column);
    view_->setColumnWidth(0, std::max(narrowest_name, view_->viewport()->width() - figures));
}

void SummaryPanel::resizeEvent(QResizeEvent* event) {
    ReportPanel::resizeEvent(event);
    QMetaObject::invokeMethod(this, &SummaryPanel::fitColumns,
                              Qt::QueuedConnection);  // by then the table has its new width
}

void SummaryPanel::setCurrent(const ReportPtr& report, const QString& project) {
    current_ = report ? report->key() : ReportKey();
    provenance_->setVisible(report != nullptr);
    if (report) provenance_->show(*report, project);
    selectCurrent();
}

void SummaryPanel::selectCurrent() {
    const auto found = std::ranges::find(rows_, current_);
    if (found == rows_.end()) return view_->clearSelection();
    view_->selectRow(static_cast<int>(found - rows_.begin()));
}

evaluation::ResultTable SummaryPanel::table() const {
    return model_->table();
}

}  // namespace rest::ui
