// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <memory>
#include <vector>

#include "core/engine/measure/near_videos.h"
#include "ui/session/video_table.h"

namespace rest::ui {

class ThumbnailLoader;

/// The neighbours of a video as cards, most similar first, in the roles of VideoModel.
class NeighbourModel : public QAbstractListModel {
    Q_OBJECT

  public:
    /// `thumbnails` must outlive the model.
    explicit NeighbourModel(ThumbnailLoader* thumbnails, QObject* parent = nullptr);
    void setTable(std::shared_ptr<const VideoTable> table);
    /// `sources`: videos whose captions stand in the lists of the one they are neighbours of.
    void setNeighbours(std::vector<engine::NearVideo> nearest, QList<store::VideoId> sources);
    void showClasses(bool on);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

  private:
    QString line(const engine::NearVideo& near) const;
    QString tip(const engine::NearVideo& near) const;
    const store::VideoRecord* video(const engine::NearVideo& near) const { return table_->find(near.video); }
    void thumbnailReady(store::VideoId id);

    ThumbnailLoader* thumbnails_;
    std::shared_ptr<const VideoTable> table_;
    std::vector<engine::NearVideo> nearest_;
    QList<store::VideoId> sources_;
    bool classes_shown_ = false;
};

}  // namespace rest::ui
