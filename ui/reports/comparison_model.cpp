// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/comparison_model.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "ui/look/format.h"
#include "ui/look/theme.h"
#include "ui/reports/outcome_model.h"

namespace rest::ui {

namespace {

/// Clips are identified by their id: a name would have to be looked up for each.
std::vector<evaluation::VideoOutcome> outcomes(const Report& report) {
    std::vector<evaluation::VideoOutcome> out;
    for (const store::PredictionRecord& p : report.result.predictions)
        out.push_back({std::to_string(p.video), p.rank, p.caption});
    return out;
}

store::VideoId idOf(const evaluation::VideoChange& change) {
    return std::strtoll(change.video.c_str(), nullptr, 10);
}

}  // namespace

void ComparisonModel::compare(const ReportPtr& before, const ReportPtr& after,
                              std::shared_ptr<const VideoTable> videos) {
    if (before == before_ && after == after_ && videos == videos_) return;  // keeps the scroll position
    beginResetModel();
    before_ = before;
    after_ = after;
    videos_ = std::move(videos);
    comparison_ =
        before && after ? evaluation::compare_runs(outcomes(*before), outcomes(*after)) : evaluation::RunComparison();
    order_.resize(comparison_.videos.size());
    std::iota(order_.begin(), order_.end(), 0);
    std::ranges::stable_sort(order_, std::ranges::greater(), [this](int i) {
        const evaluation::VideoChange& one = comparison_.videos[static_cast<size_t>(i)];
        return std::abs(one.rank_before - one.rank_after);
    });
    filter();
    endResetModel();
}

void ComparisonModel::setFilter(std::optional<evaluation::Change> only) {
    beginResetModel();
    only_ = only;
    filter();
    endResetModel();
}

void ComparisonModel::filter() {
    rows_.clear();
    std::ranges::copy_if(order_, std::back_inserter(rows_), [this](int i) {
        return !only_ || comparison_.videos[static_cast<size_t>(i)].change == *only_;
    });
}

Place ComparisonModel::place(int row, Side side) const {
    if (row < 0 || row >= rowCount()) return {};
    const Report& report = side == Side::before ? *before_ : *after_;
    return {report.run, report.result.epoch, report.result.step, idOf(change(row))};
}

int ComparisonModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}
int ComparisonModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString ComparisonModel::shownText(const evaluation::VideoChange& change, int column) const {
    const store::VideoRecord* record = videos_ ? videos_->find(idOf(change)) : nullptr;
    switch (column) {
        case NameColumn:
            return record ? fileName(record->name) : tr("a video that is gone");
        case ClassColumn:
            return record ? videos_->className(record->label) : QString();
        case BeforeColumn:
            return placeText(change.rank_before);
        case AfterColumn:
            return placeText(change.rank_after);
        case CaptionBeforeColumn:
            return text(change.caption_before);
        case CaptionAfterColumn:
            return text(change.caption_after);
        default:
            return {};
    }
}

QVariant ComparisonModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const evaluation::VideoChange& one = change(index.row());
    switch (role) {
        case Qt::DisplayRole:
            return shownText(one, index.column());
        case Qt::ToolTipRole:
            return tr("%1 (%2)\nBefore, place %3: %4\nAfter, place %5: %6")
                .arg(shownText(one, NameColumn), shownText(one, ClassColumn))
                .arg(one.rank_before + 1)
                .arg(text(one.caption_before))
                .arg(one.rank_after + 1)
                .arg(text(one.caption_after));
        case Qt::ForegroundRole:
            if (index.column() == BeforeColumn) return placeColour(one.rank_before);
            if (index.column() == AfterColumn) return placeColour(one.rank_after);
            return {};
        default:
            return {};
    }
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    const bool place = section == BeforeColumn || section == AfterColumn;
    if (role == Qt::ToolTipRole && place) return tr("Place of the true class in CLIP-TAM's ranking; 1 is right");
    if (role != Qt::DisplayRole) return {};
    const QString names[] = {tr("Clip"),  tr("Class"),          tr("Before"),
                             tr("After"), tr("Caption before"), tr("Caption after")};
    return section >= 0 && section < ColumnCount ? names[section] : QVariant();
}

evaluation::ResultTable ComparisonModel::table() const {
    evaluation::ResultTable table{.columns = {{"", "Clip"},
                                              {"", "Class"},
                                              {"", "Change"},
                                              {"", "Place before"},
                                              {"", "Place after"},
                                              {"", "Caption before"},
                                              {"", "Caption after"}}};
    for (int row = 0; row < rowCount(); ++row) {
        const evaluation::VideoChange& one = change(row);
        const store::VideoRecord* record = videos_ ? videos_->find(idOf(one)) : nullptr;
        table.rows.push_back(
            {.cells = {evaluation::TableCell::of(record ? record->name : one.video),
                       evaluation::TableCell::of(shownText(one, ClassColumn).toStdString()),
                       evaluation::TableCell::of(std::string(evaluation::to_string(one.change))),
                       evaluation::TableCell::of(one.rank_before + 1.0, 0),
                       evaluation::TableCell::of(one.rank_after + 1.0, 0),
                       evaluation::TableCell::of(one.caption_before), evaluation::TableCell::of(one.caption_after)}});
    }
    return table;
}

}  // namespace rest::ui
