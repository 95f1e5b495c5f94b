// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "core/evaluation/tables/table.h"

namespace rest::ui {

/// Any table of results as it is exported; the paper's rows are muted.
class ResultTableModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    using QAbstractTableModel::QAbstractTableModel;
    void setTable(evaluation::ResultTable table);
    const evaluation::ResultTable& table() const { return table_; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    evaluation::ResultTable table_;
    std::vector<bool> numbers_;  // by column: right-aligned
};

}  // namespace rest::ui
