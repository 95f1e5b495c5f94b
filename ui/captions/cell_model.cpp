// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/captions/cell_model.h"

#include <algorithm>

namespace rest::ui {

namespace {
bool isNumber(const QVariant& value) {
    return value.typeId() != QMetaType::QString && value.canConvert<double>();
}
bool less(const QVariant& a, const QVariant& b) {
    if (isNumber(a) && isNumber(b)) return a.toDouble() < b.toDouble();
    return a.toString().localeAwareCompare(b.toString()) < 0;
}
}  // namespace

CellModel::CellModel(const QStringList& columns, QObject* parent) : QAbstractTableModel(parent), columns_(columns) {}

void CellModel::setRows(std::vector<Row> rows) {
    beginResetModel();
    rows_ = std::move(rows);
    arrange();
    endResetModel();
}

void CellModel::arrange() {
    if (sorted_by_ < 0) return;
    const auto column = static_cast<size_t>(sorted_by_);
    std::ranges::stable_sort(rows_, [&](const Row& a, const Row& b) {
        const QVariant &x = a.cells[column].value, &y = b.cells[column].value;
        return order_ == Qt::AscendingOrder ? less(x, y) : less(y, x);
    });
}

void CellModel::sort(int column, Qt::SortOrder order) {
    if (column >= columns_.size()) return;
    sorted_by_ = column;
    order_ = order;
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    std::vector<QVariant> ids;
    for (const QModelIndex& index : before) ids.push_back(rows_[static_cast<size_t>(index.row())].id);
    arrange();
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i) {
        const auto at = std::ranges::find(rows_, ids[static_cast<size_t>(i)], &Row::id);
        after << index(static_cast<int>(at - rows_.begin()), before[i].column());
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
}

int CellModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int CellModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(columns_.size());
}

QVariant CellModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const Row& row = rows_[static_cast<size_t>(index.row())];
    const Cell& cell = row.cells[static_cast<size_t>(index.column())];
    switch (role) {
        case Qt::DisplayRole:
            return cell.shown;
        case Qt::ToolTipRole:
            return row.tip.isEmpty() ? QVariant() : row.tip;
        case Qt::TextAlignmentRole:
            return QVariant::fromValue((isNumber(cell.value) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case ValueRole:
            return cell.value;
        case IdRole:
            return row.id;
        default:
            return {};
    }
}

QVariant CellModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole && !rows_.empty() && section >= 0 && section < columns_.size())
        return data(index(0, section), role);
    return role == Qt::DisplayRole ? QVariant(columns_.value(section)) : QVariant();
}

}  // namespace rest::ui
