// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <memory>
#include <optional>
#include <vector>

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
        ProblemRole,
        RemedyRole,
        DurationRole,
        ThumbnailRole,
        LineRole  // what a card says below the name
    };

    /// `thumbnails` may be null: then none are shown. It must outlive the model.
    explicit VideoModel(ThumbnailLoader* thumbnails, QObject* parent = nullptr);

    void setTable(std::shared_ptr<const VideoTable> table);
    void setFilter(const VideoFilter& filter);
    const VideoFilter& filter() const { return filter_; }
    /// Of those that pass only these, ascending; nothing for all.
    void setOnly(std::optional<std::vector<store::VideoId>> videos);
    const std::optional<std::vector<store::VideoId>>& only() const { return only_; }
    /// Whether cards tell the class; they do unless it is taken away.
    void showClasses(bool on);
    /// By a column; -1: as they were imported, which is also the order of equal ones.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

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
    QString line(const store::VideoRecord& video) const;
    std::vector<int> passing(const VideoTable& table) const;
    void fillRows();

    ThumbnailLoader* thumbnails_;
    std::shared_ptr<const VideoTable> table_;
    VideoFilter filter_;
    std::optional<std::vector<store::VideoId>> only_;
    bool classes_shown_ = true;
    std::vector<int> rows_;  // of the table, as shown
    int sorted_by_ = -1;
    Qt::SortOrder sorted_how_ = Qt::AscendingOrder;
};

}  // namespace rest::ui
