// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/facet_model.h"

#include <algorithm>

#include "ui/look/format.h"

namespace rest::ui {

void FacetModel::setOptions(std::vector<FacetOption> options) {
    beginResetModel();
    options_ = std::move(options);
    std::erase_if(ticked_,
                  [&](qint64 key) { return std::ranges::find(options_, key, &FacetOption::key) == options_.end(); });
    find();
    endResetModel();
}

void FacetModel::setCounts(const std::function<qint64(qint64)>& count) {
    for (FacetOption& option : options_) option.count = count(option.key);
    if (rowCount() > 0) Q_EMIT dataChanged(index(0), index(rowCount() - 1), {CountRole, Qt::AccessibleTextRole});
}

void FacetModel::setTicked(const std::set<qint64>& keys) {
    ticked_ = keys;
    if (rowCount() > 0) Q_EMIT dataChanged(index(0), index(rowCount() - 1), {Qt::CheckStateRole});
}

void FacetModel::toggle(const QModelIndex& index) {
    if (!index.isValid() || index.row() >= rowCount()) return;
    const qint64 key = at(index.row()).key;
    if (!ticked_.insert(key).second) ticked_.erase(key);
    Q_EMIT dataChanged(index, index, {Qt::CheckStateRole});
    Q_EMIT toggled();
}

void FacetModel::setWords(const QString& words) {
    beginResetModel();
    words_ = words.simplified();
    find();
    endResetModel();
}

void FacetModel::find() {
    rows_.clear();
    for (size_t i = 0; i < options_.size(); ++i) {
        if (options_[i].name.contains(words_, Qt::CaseInsensitive)) rows_.push_back(static_cast<int>(i));
    }
}

QModelIndex FacetModel::indexOf(qint64 key) const {
    for (int row = 0; row < rowCount(); ++row) {
        if (at(row).key == key) return index(row);
    }
    return {};
}

int FacetModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant FacetModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const FacetOption& option = at(index.row());
    const bool ticked = ticked_.contains(option.key);
    switch (role) {
        case Qt::DisplayRole:
            return option.name;
        case Qt::ToolTipRole:
            return option.tip.isEmpty() ? tr("%1: %2 clips").arg(option.name, countText(option.count)) : option.tip;
        case Qt::AccessibleTextRole:
            return ticked ? tr("%1, ticked, %2 clips").arg(option.name, countText(option.count))
                          : tr("%1, %2 clips").arg(option.name, countText(option.count));
        case Qt::CheckStateRole:
            return ticked ? Qt::Checked : Qt::Unchecked;
        case CountRole:
            return option.count;
        case DotRole:
            return option.dot;
        case KeyRole:
            return option.key;
        default:
            return {};
    }
}

}  // namespace rest::ui
