// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/captions/neighbour_model.h"

#include <QLocale>

#include "ui/clips/thumbnail_loader.h"
#include "ui/clips/video_model.h"
#include "ui/look/format.h"

namespace rest::ui {

NeighbourModel::NeighbourModel(ThumbnailLoader* thumbnails, QObject* parent)
    : QAbstractListModel(parent), thumbnails_(thumbnails), table_(std::make_shared<VideoTable>()) {
    connect(thumbnails_, &ThumbnailLoader::ready, this, &NeighbourModel::thumbnailReady);
}

void NeighbourModel::setTable(std::shared_ptr<const VideoTable> table) {
    table_ = std::move(table);
    if (rowCount() > 0) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

void NeighbourModel::setNeighbours(std::vector<engine::NearVideo> nearest, QList<store::VideoId> sources) {
    beginResetModel();
    nearest_ = std::move(nearest);
    sources_ = std::move(sources);
    endResetModel();
}

void NeighbourModel::showClasses(bool on) {
    classes_shown_ = on;
    if (rowCount() > 0) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

void NeighbourModel::thumbnailReady(store::VideoId id) {
    for (int row = 0; row < rowCount(); ++row) {
        if (nearest_[static_cast<size_t>(row)].video == id)
            Q_EMIT dataChanged(index(row), index(row), {VideoModel::ThumbnailRole});
    }
}

int NeighbourModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(nearest_.size());
}

QString NeighbourModel::line(const engine::NearVideo& near) const {
    QString line = QLocale().toString(static_cast<double>(near.similarity), 'f', 3);
    if (sources_.contains(near.video)) line += QStringLiteral(" ✓");
    const store::VideoRecord* record = video(near);
    if (classes_shown_ && record && record->label >= 0)
        line += QStringLiteral(" · ") + table_->className(record->label);
    return line;
}

QString NeighbourModel::tip(const engine::NearVideo& near) const {
    const store::VideoRecord* record = video(near);
    QString tip =
        (record ? text(record->name) + QChar('\n') : QString()) +
        tr("Similarity (s_vv, Eq. 3): %1").arg(QLocale().toString(static_cast<double>(near.similarity), 'f', 4));
    if (sources_.contains(near.video)) tip += QChar('\n') + tr("✓ A caption of it is or was in this video's list.");
    if (classes_shown_ && record && record->label >= 0)
        tip += QChar('\n') + tr("Class: %1").arg(table_->className(record->label));
    return tip + QChar('\n') + tr("Double-click or Return goes there.");
}

QVariant NeighbourModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const engine::NearVideo& near = nearest_[static_cast<size_t>(index.row())];
    const store::VideoRecord* record = video(near);
    switch (role) {
        case Qt::DisplayRole:
            return record ? text(record->name) : tr("a video that is gone");
        case Qt::ToolTipRole:
            return tip(near);
        case Qt::AccessibleTextRole:
            return (record ? fileName(record->name) : tr("a video that is gone")) + QStringLiteral(", ") + line(near);
        case VideoModel::IdRole:
            return QVariant::fromValue<qint64>(near.video);
        case VideoModel::LineRole:
            return line(near);
        case VideoModel::PathRole:
            return record ? text(record->path) : QString();
        case VideoModel::ProblemRole:
            return record ? text(record->problem) : QString();
        case VideoModel::ThumbnailRole:
            if (!record || !record->problem.empty()) return {};
            return thumbnails_->pixmap(record->id, text(record->path));
        default:
            return {};
    }
}

}  // namespace rest::ui
