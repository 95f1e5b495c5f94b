// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/outcome_model.h"

#include "ui/look/format.h"
#include "ui/look/sort_role.h"
#include "ui/look/theme.h"

namespace rest::ui {

QVariant placeColour(int rank) {
    if (rank < 0) return {};
    const Colours c = colours();
    return rank == 0 ? c.good : rank < 5 ? c.warning : c.bad;
}

void OutcomeModel::setClips(ReportPtr report, std::vector<int> clips, std::shared_ptr<const VideoTable> videos) {
    beginResetModel();
    report_ = std::move(report);
    clips_ = std::move(clips);
    videos_ = std::move(videos);
    endResetModel();
}

Place OutcomeModel::place(int row) const {
    if (row < 0 || row >= rowCount()) return {};
    return report_->place(static_cast<size_t>(clips_[static_cast<size_t>(row)]));
}

QString OutcomeModel::name(store::VideoId video) const {
    const store::VideoRecord* record = videos_ ? videos_->find(video) : nullptr;
    return record ? fileName(record->name) : tr("a video that no longer exists");
}

int OutcomeModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(clips_.size());
}
int OutcomeModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant OutcomeModel::shownText(const store::PredictionRecord& prediction, int column) const {
    switch (column) {
        case NameColumn:
            return name(prediction.video);
        case PlaceColumn:
            return placeText(prediction.rank);
        case ReadColumn:
            return report_->className(prediction.predicted);
        case CaptionColumn:
            return text(prediction.caption);
        default:
            return {};
    }
}

QVariant OutcomeModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const auto clip = static_cast<size_t>(clips_[static_cast<size_t>(index.row())]);
    const store::PredictionRecord& prediction = report_->result.predictions[clip];
    if (role == Qt::DisplayRole) return shownText(prediction, index.column());
    if (role == sort_role && index.column() == PlaceColumn)
        return prediction.rank < 0 ? QVariant() : QVariant(prediction.rank);
    if (role == Qt::ForegroundRole && index.column() == PlaceColumn) return placeColour(prediction.rank);
    if (role == Qt::ToolTipRole) {
        return tr("%1\n%2\nTrue class: %3 (place %4 of %5)\nRead as: %6")
            .arg(name(prediction.video), text(prediction.caption), report_->className(report_->result.labels[clip]))
            .arg(prediction.rank + 1)
            .arg(report_->classCount())
            .arg(report_->className(prediction.predicted));
    }
    return {};
}

QVariant OutcomeModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::ToolTipRole && section == PlaceColumn)
        return tr("Rank of the true class by CLIP-TAM; 1 is correct");
    if (role != Qt::DisplayRole) return {};
    const QString names[] = {tr("Clip"), tr("Place"), tr("Read as"), tr("Caption")};
    return section >= 0 && section < ColumnCount ? names[section] : QVariant();
}

}  // namespace rest::ui
