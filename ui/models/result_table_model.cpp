// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/result_table_model.h"

#include "ui/format.h"
#include "ui/theme.h"

namespace rest::ui {

namespace {
QVariant alignment(int column) { return QVariant::fromValue((column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter); }
}  // namespace

void ResultTableModel::setTable(ResultTable table) {
    beginResetModel();
    table_ = std::move(table);
    endResetModel();
}

int ResultTableModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(table_.rows.size()); }
int ResultTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(table_.columns.size());
}

QVariant ResultTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const TableRow& row = table_.rows[static_cast<size_t>(index.row())];
    const auto column = static_cast<size_t>(index.column());
    switch (role) {
        case Qt::DisplayRole: {
            const QString words = text(shown(column < row.cells.size() ? row.cells[column] : TableCell()));
            return words == QLatin1String("-") ? QStringLiteral("–") : words;
        }
        case Qt::ForegroundRole: return row.greyed ? QVariant(colours().muted) : QVariant();
        case Qt::ToolTipRole: return text(row.source);
        case Qt::TextAlignmentRole: return alignment(index.column());
        default: return {};
    }
}

QVariant ResultTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section >= columnCount()) return {};
    if (role == Qt::TextAlignmentRole) return alignment(section);
    if (role != Qt::DisplayRole) return {};
    const TableColumn& column = table_.columns[static_cast<size_t>(section)];
    return text(column.group.empty() ? column.name : column.group + " " + column.name);
}

}  // namespace rest::ui
