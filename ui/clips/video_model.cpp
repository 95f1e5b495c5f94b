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
    std::vector<int> rows = passing(*table);
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
    rows_ = passing(*table_);
    endResetModel();
}

std::vector<int> VideoModel::passing(const VideoTable& table) const {
    std::vector<int> rows = filterRows(table, filter_);
    if (only_) {
        std::erase_if(rows, [&](int row) {
            return !std::ranges::binary_search(*only_, table.videos[static_cast<size_t>(row)].id);
        });
    }
    return rows;
}

void VideoModel::setOnly(std::optional<std::vector<store::VideoId>> videos) {
    if (videos == only_) return;
    beginResetModel();
    only_ = std::move(videos);
    rows_ = passing(*table_);
    endResetModel();
}

void VideoModel::showClasses(bool on) {
    if (classes_shown_ == on) return;
    classes_shown_ = on;
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

QString VideoModel::line(const store::VideoRecord& video) const {
    if (!video.problem.empty()) return text(video.problem);
    const QString split = text(dataset::to_string(video.split));
    const QString class_name = classes_shown_ ? table_->className(video.label) : QString();
    return class_name.isEmpty() ? split : split + QStringLiteral(" · ") + class_name;
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
        case LineRole:
            return line(*record);
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
