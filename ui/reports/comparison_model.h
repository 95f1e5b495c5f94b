// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "core/evaluation/tables/table.h"
#include "core/evaluation/tam/compare.h"
#include "ui/reports/report.h"
#include "ui/session/video_table.h"

namespace rest::ui {

/// Two evaluations of the same clips, one row per clip. The clips whose rank changed most come first.
class ComparisonModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column {
        NameColumn,
        ClassColumn,
        BeforeColumn,
        AfterColumn,
        CaptionBeforeColumn,
        CaptionAfterColumn,
        ColumnCount
    };
    using QAbstractTableModel::QAbstractTableModel;
    void compare(const ReportPtr& before, const ReportPtr& after, std::shared_ptr<const VideoTable> videos);
    void setFilter(std::optional<evaluation::Change> only);
    const evaluation::RunComparison& comparison() const { return comparison_; }
    enum class Side { before, after };
    /// Where a row's caption of that side was made; without a video for an invalid row.
    Place place(int row, Side side) const;
    evaluation::ResultTable table() const;  // of the rows shown

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    const evaluation::VideoChange& change(int row) const {
        return comparison_.videos[static_cast<size_t>(rows_[static_cast<size_t>(row)])];
    }
    void filter();
    QString shownText(const evaluation::VideoChange& change, int column) const;

    ReportPtr before_, after_;
    evaluation::RunComparison comparison_;
    std::shared_ptr<const VideoTable> videos_;
    std::optional<evaluation::Change> only_;
    std::vector<int> order_;
    std::vector<int> rows_;
};

}  // namespace rest::ui
