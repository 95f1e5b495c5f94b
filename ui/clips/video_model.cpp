// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clips/video_model.h"

#include <algorithm>
#include <numeric>
#include <string_view>

#include "ui/clips/thumbnail_loader.h"
#include "ui/look/format.h"

namespace rest::ui {

VideoModel::VideoModel(ThumbnailLoader* thumbnails, QObject* parent)
    : QAbstractTableModel(parent), thumbnails_(thumbnails), table_(std::make_shared<VideoTable>()) {
    if (thumbnails_) connect(thumbnails_, &ThumbnailLoader::ready, this, &VideoModel::thumbnailReady);
}

namespace {

/// Rows of a table by a column, the smaller first; for a column that is shown as a text, by that text.
void sortRows(std::vector<int>& rows, const VideoTable& table, int column) {
    const auto video = [&](int row) -> const store::VideoRecord& { return table.videos[static_cast<size_t>(row)]; };
    const auto by = [&](auto key) { std::ranges::stable_sort(rows, {}, key); };
    switch (column) {
        case VideoModel::NameColumn:  // the search text begins with the name, case folded
            return by([&](int row) { return std::string_view(table.search[static_cast<size_t>(row)]); });
        case VideoModel::ClassColumn: {
            std::vector<int> by_name(static_cast<size_t>(table.classes.size()));
            std::iota(by_name.begin(), by_name.end(), 0);
            std::ranges::sort(by_name,
                              [&](int a, int b) { return table.classes[a].localeAwareCompare(table.classes[b]) < 0; });
            std::vector<int> place(by_name.size());
            for (size_t i = 0; i < by_name.size(); ++i) place[static_cast<size_t>(by_name[i])] = static_cast<int>(i);
            const auto known = [&](int label) { return label >= 0 && label < std::ssize(place); };
            return by([&](int row) {
                const int label = video(row).label;
                return known(label) ? place[static_cast<size_t>(label)] : static_cast<int>(std::ssize(place));
            });
        }
        case VideoModel::SplitColumn:
            return by([&](int row) { return static_cast<int>(video(row).split); });
        case VideoModel::FramesColumn:
            return by([&](int row) { return video(row).frames; });
        case VideoModel::SizeColumn:
            return by([&](int row) { return int64_t{video(row).width} * video(row).height; });
        case VideoModel::DurationColumn:
            return by([&](int row) { return video(row).duration_seconds; });
        case VideoModel::ProblemColumn:
            return by([&](int row) { return std::string_view(video(row).problem); });
        default:
            return;
    }
}

}  // namespace

void VideoModel::fillRows() {
    rows_ = passing(*table_);
    sortRows(rows_, *table_, sorted_by_);
    if (sorted_by_ >= 0 && sorted_how_ == Qt::DescendingOrder) std::ranges::reverse(rows_);
}

void VideoModel::sort(int column, Qt::SortOrder order) {
    if (column == sorted_by_ && order == sorted_how_) return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<int> shown;
    for (const QModelIndex& index : before) shown.push_back(rows_[static_cast<size_t>(index.row())]);
    sorted_by_ = column;
    sorted_how_ = order;
    fillRows();
    for (qsizetype i = 0; i < before.size(); ++i) {
        const auto now = std::ranges::find(rows_, shown[static_cast<size_t>(i)]);
        changePersistentIndex(before[i], index(static_cast<int>(now - rows_.begin()), before[i].column()));
    }
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

void VideoModel::setTable(std::shared_ptr<const VideoTable> table) {
    if (sorted_by_ >= 0) {
        beginResetModel();
        table_ = std::move(table);
        fillRows();
        endResetModel();
        return;
    }
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
    fillRows();
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
    fillRows();
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
    const auto found = sorted_by_ < 0 ? std::ranges::lower_bound(rows_, row) : std::ranges::find(rows_, row);
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
