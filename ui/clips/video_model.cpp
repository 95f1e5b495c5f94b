// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clips/video_model.h"

#include <algorithm>

#include "ui/clips/thumbnail_loader.h"
#include "ui/look/format.h"

namespace rest::ui {

VideoModel::VideoModel(ThumbnailLoader* thumbnails, QObject* parent)
    : QAbstractTableModel(parent), thumbnails_(thumbnails), table_(std::make_shared<VideoTable>()) {
    if (thumbnails_) connect(thumbnails_, &ThumbnailLoader::ready, this, &VideoModel::thumbnailReady);
}

void VideoModel::setTable(std::shared_ptr<const VideoTable> table) {
    std::vector<int> rows = filterRows(*table, filter_);
    const auto same = [&](int a, int b) {
        return table_->videos[static_cast<size_t>(a)].id == table->videos[static_cast<size_t>(b)].id;
    };
    const bool grown =
        rows.size() >= rows_.size() && !rows_.empty() && std::equal(rows_.begin(), rows_.end(), rows.begin(), same);
    if (!grown) {
        beginResetModel();
        table_ = std::move(table);
        rows_ = std::move(rows);
        endResetModel();
        return;
    }
    // An import appends: selection and scroll position stay.
    const int before = static_cast<int>(rows_.size());
    const int after = static_cast<int>(rows.size());
    if (after > before) beginInsertRows({}, before, after - 1);
    table_ = std::move(table);
    rows_ = std::move(rows);
    if (after > before) endInsertRows();
    if (before > 0) Q_EMIT dataChanged(index(0, 0), index(before - 1, ColumnCount - 1));
}

void VideoModel::setFilter(const VideoFilter& filter) {
    if (filter == filter_) return;
    beginResetModel();
    filter_ = filter;
    rows_ = filterRows(*table_, filter_);
    endResetModel();
}

const store::VideoRecord* VideoModel::video(const QModelIndex& index) const {
    if (!index.isValid() || index.row() >= static_cast<int>(rows_.size())) return nullptr;
    return &table_->videos[static_cast<size_t>(rows_[static_cast<size_t>(index.row())])];
}

QModelIndex VideoModel::indexOf(store::VideoId id) const {
    const int row = table_->rowOf(id);
    const auto found = std::ranges::lower_bound(rows_, row);
    if (row < 0 || found == rows_.end() || *found != row) return {};
    return index(static_cast<int>(found - rows_.begin()), 0);
}

void VideoModel::thumbnailReady(store::VideoId id) {
    const QModelIndex changed = indexOf(id);
    if (changed.isValid()) Q_EMIT dataChanged(changed, changed, {ThumbnailRole});
}

int VideoModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int VideoModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant VideoModel::shownText(const store::VideoRecord& video, int column) const {
    const bool readable = video.problem.empty();
    switch (column) {
        case NameColumn:
            return text(video.name);
        case ClassColumn:
            return table_->className(video.label);
        case SplitColumn:
            return text(dataset::to_string(video.split));
        case FramesColumn:
            return readable ? countText(video.frames) : QString();
        case SizeColumn:
            return readable ? QStringLiteral("%1 × %2").arg(video.width).arg(video.height) : QString();
        case DurationColumn:
            return readable ? durationText(video.duration_seconds) : QString();
        case ProblemColumn:
            return text(video.problem);
        default:
            return {};
    }
}

QString VideoModel::tip(const store::VideoRecord& video) const {
    QString tip = text(video.name) + QChar('\n') + text(video.path);
    if (!video.problem.empty()) tip += QChar('\n') + text(video.problem) + QChar('\n') + text(video.remedy);
    return tip.trimmed();
}

QVariant VideoModel::data(const QModelIndex& index, int role) const {
    const store::VideoRecord* record = video(index);
    if (!record) return {};
    switch (role) {
        case Qt::DisplayRole:
            return shownText(*record, index.column());
        case Qt::ToolTipRole:
            return tip(*record);
        case ThumbnailRole:
            if (index.column() != NameColumn || !thumbnails_ || !record->problem.empty()) return {};
            return thumbnails_->pixmap(record->id, text(record->path));
        case Qt::TextAlignmentRole:
            if (index.column() >= FramesColumn && index.column() <= DurationColumn) {
                return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
            }
            return QVariant::fromValue(Qt::AlignLeft | Qt::AlignVCenter);
        case IdRole:
            return QVariant::fromValue<qint64>(record->id);
        case PathRole:
            return text(record->path);
        case ClassRole:
            return table_->className(record->label);
        case SplitRole:
            return text(dataset::to_string(record->split));
        case ProblemRole:
            return text(record->problem);
        case RemedyRole:
            return text(record->remedy);
        case DurationRole:
            return record->duration_seconds;
        default:
            return {};
    }
}

QVariant VideoModel::headerData(int section, Qt::Orientation orientation, int role) const {
    const bool number = section >= FramesColumn && section <= DurationColumn;
    if (role == Qt::TextAlignmentRole && number) return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
        case NameColumn:
            return tr("Name");
        case ClassColumn:
            return tr("Class");
        case SplitColumn:
            return tr("Split");
        case FramesColumn:
            return tr("Frames");
        case SizeColumn:
            return tr("Size");
        case DurationColumn:
            return tr("Duration");
        case ProblemColumn:
            return tr("Problem");
        default:
            return {};
    }
}

}  // namespace rest::ui
