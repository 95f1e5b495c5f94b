// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/model_table.h"

#include <QCoreApplication>
#include <algorithm>

#include "ui/look/format.h"

namespace rest::ui {

ModelTable::ModelTable(QObject* parent) : QAbstractTableModel(parent) {}

void ModelTable::setModels(std::vector<models::ModelInfo> models) {
    beginResetModel();
    models_ = std::move(models);
    endResetModel();
}

void ModelTable::setInUse(const std::set<std::string>& names) {
    if (names == in_use_) return;
    in_use_ = names;
    changed();
}

void ModelTable::setWork(const std::map<std::string, QString>& work) {
    if (work == work_) return;
    work_ = work;
    changed();
}

void ModelTable::changed() {
    if (models_.empty()) return;
    Q_EMIT dataChanged(index(0, StateColumn), index(rowCount() - 1, StateColumn));
}

const models::ModelInfo* ModelTable::model(int row) const {
    return row >= 0 && row < rowCount() ? &models_[static_cast<size_t>(row)] : nullptr;
}

int ModelTable::rowOf(const std::string& name) const {
    const auto at = std::ranges::find(models_, name, &models::ModelInfo::name);
    return at == models_.end() ? -1 : static_cast<int>(at - models_.begin());
}

QString ModelTable::stateText(const models::ModelInfo& info) const {
    if (const auto work = work_.find(info.name); work != work_.end()) return work->second;
    QString words;
    switch (info.state) {
        case models::ModelState::installed:
            words = tr("Installed");
            break;
        case models::ModelState::added:
            words = tr("Added folder");
            break;
        case models::ModelState::hub_cache:
            words = tr("In the hub's cache");
            break;
        case models::ModelState::begun:
            words = tr("Incomplete, %1 so far").arg(bytesText(static_cast<qint64>(info.bytes)));
            break;
        case models::ModelState::available:
            words = tr("Available");
            break;
        case models::ModelState::damaged:
            words = tr("Damaged");
            break;
    }
    return inUse(info.name) ? tr("%1, in use").arg(words) : words;
}

int ModelTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(models_.size());
}

int ModelTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ModelTable::data(const QModelIndex& index, int role) const {
    const models::ModelInfo* info = model(index.row());
    if (!info) return {};
    if (role == Qt::ToolTipRole) return text(info->problem.empty() ? info->purpose : info->problem);
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
        case NameColumn:
            return text(info->name);
        case UseColumn:
            return useText(info->use);
        case StateColumn:
            return stateText(*info);
        case SizeColumn:
            return sizeText(*info);
        case LicenceColumn:
            return text(info->licence);
        default:
            return {};
    }
}

QVariant ModelTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    const QString names[] = {tr("Model"), tr("Purpose"), tr("State"), tr("Size"), tr("Licence")};
    return section >= 0 && section < ColumnCount ? names[section] : QVariant();
}

QString sizeText(const models::ModelInfo& info) {
    if (info.whole_bytes == 0) return {};
    const QString size = bytesText(static_cast<qint64>(info.whole_bytes));
    return info.state == models::ModelState::available ? ModelTable::tr("about %1").arg(size) : size;
}

QString useText(models::ModelUse use) {
    switch (use) {
        case models::ModelUse::captioner:
            return ModelTable::tr("Captioner");
        case models::ModelUse::clip:
            return ModelTable::tr("CLIP");
        case models::ModelUse::matching:
            return ModelTable::tr("Baseline");
        case models::ModelUse::unknown:
            break;
    }
    return ModelTable::tr("Unknown");
}

}  // namespace rest::ui
