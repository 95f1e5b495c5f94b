// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/bar_model.h"

#include <algorithm>

namespace rest::ui {

void BarModel::setBars(std::vector<Bar> bars) {
    // While the user types, the same number of bars changes: a reset would lose the scroll position.
    const bool same_count = bars.size() == bars_.size();
    if (!same_count) beginResetModel();
    bars_ = std::move(bars);
    if (!same_count) {
        endResetModel();
    } else if (!bars_.empty()) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    }
}

QModelIndex BarModel::indexOf(int id) const {
    const auto found = std::ranges::find(bars_, id, &Bar::id);
    return found == bars_.end() ? QModelIndex() : index(static_cast<int>(found - bars_.begin()));
}

int BarModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(bars_.size());
}

QVariant BarModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const Bar& bar = bars_[static_cast<size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
            return bar.name;
        case BarRole:
            return QVariant::fromValue(bar);
        case Qt::ToolTipRole:
            return bar.tip;
        case Qt::AccessibleTextRole:
            return QStringList{bar.name, bar.figure, bar.note}.join(QStringLiteral(", "));
        default:
            return {};
    }
}

}  // namespace rest::ui
