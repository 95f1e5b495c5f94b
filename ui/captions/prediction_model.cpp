// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/captions/prediction_model.h"

#include <algorithm>

#include "ui/look/format.h"
#include "ui/look/theme.h"

namespace rest::ui {

namespace {
QString rankText(int rank) {
    if (rank < 0) return QStringLiteral("–");
    return (rank == 0 ? QStringLiteral("✓ %1") : QStringLiteral("%1")).arg(rank + 1);
}
}  // namespace

void PredictionModel::setPredictions(std::vector<std::pair<int, store::PredictionRecord>> predictions,
                                     const QStringList& classes) {
    beginResetModel();
    predictions_ = std::move(predictions);
    classes_ = classes;
    endResetModel();
}

int PredictionModel::rowOf(int epoch) const {
    const auto found = std::ranges::find(predictions_, epoch, &std::pair<int, store::PredictionRecord>::first);
    return found == predictions_.end() ? -1 : static_cast<int>(found - predictions_.begin());
}

QString PredictionModel::className(int label) const {
    return label >= 0 && label < classes_.size() ? classes_[label] : QStringLiteral("–");
}

int PredictionModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(predictions_.size());
}
int PredictionModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PredictionModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const auto& [epoch, prediction] = predictions_[static_cast<size_t>(index.row())];
    if (role == Qt::ForegroundRole && index.column() == RankColumn && prediction.rank >= 0) {
        const Colours c = colours();
        return prediction.rank == 0 ? c.good : prediction.rank < 5 ? c.warning : c.bad;
    }
    if (role == Qt::ToolTipRole) {
        const QString rank =
            prediction.rank < 0
                ? tr("The video has no label.")
                : tr("The true class is at place %1 of %2.").arg(prediction.rank + 1).arg(classes_.size());
        return text(prediction.caption) + QChar('\n') + tr("Nearest class: %1. ").arg(className(prediction.predicted)) +
               rank;
    }
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
        case EpochColumn:
            return epoch;
        case CaptionColumn:
            return text(prediction.caption);
        case PredictedColumn:
            return className(prediction.predicted);
        case RankColumn:
            return rankText(prediction.rank);
        default:
            return {};
    }
}

QVariant PredictionModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::ToolTipRole && section == RankColumn) return tr("Rank of the true class by CLIP-TAM; 1 is correct");
    if (role != Qt::DisplayRole) return {};
    const QString names[] = {tr("Epoch"), tr("Place"), tr("Nearest class"), tr("Caption")};
    return section >= 0 && section < ColumnCount ? names[section] : QVariant();
}

}  // namespace rest::ui
