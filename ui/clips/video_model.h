// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <memory>

#include "ui/session/video_table.h"

namespace rest::ui {

class ThumbnailLoader;

/// The videos that pass a filter, for grids, lists and tables. Thumbnails are decoded when a view asks for them.
class VideoModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column {
        NameColumn,
        ClassColumn,
        SplitColumn,
        FramesColumn,
        SizeColumn,
        DurationColumn,
        ProblemColumn,
        ColumnCount
    };
    enum Role {
        IdRole = Qt::UserRole,
        PathRole,
        ClassRole,
        SplitRole,
        ProblemRole,
        RemedyRole,
        DurationRole,
        ThumbnailRole
    };

    /// `thumbnails` may be null: then none are shown. It must outlive the model.
    explicit VideoModel(ThumbnailLoader* thumbnails, QObject* parent = nullptr);

    void setTable(std::shared_ptr<const VideoTable> table);
    void setFilter(const VideoFilter& filter);
    const VideoFilter& filter() const { return filter_; }

    const store::VideoRecord* video(const QModelIndex& index) const;
    QModelIndex indexOf(store::VideoId id) const;  // invalid if the filter hides it

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    void thumbnailReady(store::VideoId id);
    QVariant shownText(const store::VideoRecord& video, int column) const;
    QString tip(const store::VideoRecord& video) const;

    ThumbnailLoader* thumbnails_;
    std::shared_ptr<const VideoTable> table_;
    VideoFilter filter_;
    std::vector<int> rows_;
};

}  // namespace rest::ui
