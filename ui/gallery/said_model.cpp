// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/said_model.h"

#include "ui/look/format.h"
#include "ui/look/theme.h"

namespace rest::ui {

void SaidModel::setSaid(std::vector<std::pair<int, store::PredictionRecord>> said, const QStringList& classes,
                        int label) {
    beginResetModel();
    said_ = std::move(said);
    classes_ = classes;
    label_ = label;
    endResetModel();
}

int SaidModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(said_.size());
}
int SaidModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString SaidModel::readText(const store::PredictionRecord& said) const {
    const QString name =
        said.predicted >= 0 && said.predicted < classes_.size() ? classes_[said.predicted] : QStringLiteral("–");
    if (label_ < 0) return name;
    return (said.predicted == label_ ? QStringLiteral("✓ %1") : QStringLiteral("✗ %1")).arg(name);
}

QVariant SaidModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const auto& [epoch, said] = said_[static_cast<size_t>(index.row())];
    if (role == Qt::ForegroundRole && index.column() == ReadColumn && label_ >= 0)
        return said.predicted == label_ ? colours().good : colours().bad;
    if (role == Qt::ToolTipRole) return text(said.caption) + QChar('\n') + readText(said);
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
        case EpochColumn:
            return epoch;
        case ReadColumn:
            return readText(said);
        case CaptionColumn:
            return text(said.caption);
        default:
            return {};
    }
}

QVariant SaidModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    const QString names[] = {tr("Epoch"), tr("Read as"), tr("Caption")};
    return section >= 0 && section < ColumnCount ? names[section] : QVariant();
}

}  // namespace rest::ui
