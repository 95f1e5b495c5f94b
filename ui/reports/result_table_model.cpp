// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/result_table_model.h"

#include <algorithm>
#include <cmath>

#include "ui/look/format.h"
#include "ui/look/theme.h"

namespace rest::ui {

namespace {
QVariant alignment(bool number) {
    return QVariant::fromValue((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

/// "144 of 144" counts as a number.
bool isNumber(const evaluation::TableCell& cell) {
    return cell.value || (!cell.text.empty() && cell.text.front() >= '0' && cell.text.front() <= '9');
}

QString cellText(const evaluation::TableCell& cell) {
    if (cell.value && !cell.deviation && std::isfinite(*cell.value)) return decimalText(*cell.value, cell.decimals);
    const QString words = text(evaluation::shown(cell));
    return words == QLatin1String("-") ? QStringLiteral("–") : words;
}
}  // namespace

void ResultTableModel::setTable(evaluation::ResultTable table) {
    beginResetModel();
    table_ = std::move(table);
    numbers_.assign(table_.columns.size(), false);
    for (const evaluation::TableRow& row : table_.rows) {
        for (size_t i = 1; i < std::min(row.cells.size(), numbers_.size()); ++i)
            numbers_[i] = numbers_[i] || isNumber(row.cells[i]);
    }
    endResetModel();
}

int ResultTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(table_.rows.size());
}
int ResultTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(table_.columns.size());
}

QVariant ResultTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const evaluation::TableRow& row = table_.rows[static_cast<size_t>(index.row())];
    const auto column = static_cast<size_t>(index.column());
    switch (role) {
        case Qt::DisplayRole:
            return cellText(column < row.cells.size() ? row.cells[column] : evaluation::TableCell());
        case Qt::ForegroundRole:
            return row.greyed ? QVariant(colours().muted) : QVariant();
        case Qt::ToolTipRole:
            return row.cells.empty() ? QString()
                                     : text(evaluation::shown(row.cells[0])) + QChar('\n') + text(row.source);
        case Qt::TextAlignmentRole:
            return alignment(numbers_[column]);
        default:
            return {};
    }
}

QVariant ResultTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section >= columnCount()) return {};
    if (role == Qt::TextAlignmentRole) return alignment(numbers_[static_cast<size_t>(section)]);
    const evaluation::TableColumn& column = table_.columns[static_cast<size_t>(section)];
    if (role == Qt::ToolTipRole) return text(column.group + " " + column.name).trimmed();
    return role == Qt::DisplayRole ? text(column.name) : QVariant();
}

}  // namespace rest::ui
