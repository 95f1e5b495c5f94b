// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QVariant>
#include <vector>

namespace rest::ui {

/// A small table of values with their words, sorted by value: numbers by size.
class CellModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    struct Cell {
        QString shown;
        QVariant value;  // sorted by; a number stands at the right
    };
    struct Row {
        std::vector<Cell> cells;  // one for each column
        QString tip;
        QVariant id;  // what the row is of
    };
    enum Role { ValueRole = Qt::UserRole, IdRole };

    explicit CellModel(const QStringList& columns, QObject* parent = nullptr);
    void setRows(std::vector<Row> rows);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

  private:
    void arrange();

    QStringList columns_;
    std::vector<Row> rows_;
    int sorted_by_ = -1;
    Qt::SortOrder order_ = Qt::AscendingOrder;
};

}  // namespace rest::ui
