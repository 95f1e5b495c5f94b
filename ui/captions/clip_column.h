// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QSplitter>
#include <optional>

#include "ui/captions/clip_insight.h"
#include "ui/session/video_table.h"

namespace rest::ui {

class NeighbourPanel;
class SampleStrip;
class ThumbnailLoader;
class VideoPlayer;

/// The video itself: playing, as the networks see it, and beside its neighbours.
class ClipColumn : public QSplitter {
    Q_OBJECT

  public:
    explicit ClipColumn(QWidget* parent = nullptr);
    VideoPlayer* player() const { return player_; }
    SampleStrip* views() const { return views_; }
    NeighbourPanel* neighbours() const { return neighbours_; }

    void setTable(std::shared_ptr<const VideoTable> table);
    void showClasses(bool on);
    /// A video with the run whose settings say how it is sampled; none clears.
    void showVideo(const std::optional<InsightQuestion>& question);
    /// The sources of the video's captions, when they are known; asks for their similarity and the neighbours.
    void setSources(const QList<store::VideoId>& sources);
    /// Nothing worked out before holds any more: another run, or a step that has come.
    void forget();
    /// Nor do pictures: another project.
    void clear();
    /// Similarity to the video that is shown, where it is known.
    std::optional<double> similarity(store::VideoId id) const;
    bool idle() const;

  Q_SIGNALS:
    void videoRequested(qint64 id);
    void similaritiesChanged();

  private:
    void play();
    void ask();
    void takeViews(qint64 video, const QList<QImage>& views);
    void takeNear(qint64 video, const engine::Nearness& near);
    QWidget* makeBelow();

    ClipInsight insight_;
    std::optional<InsightQuestion> question_;
    QHash<store::VideoId, double> similarity_;
    std::pair<QString, int> played_;  // by the player: a file and how often it is sampled
    VideoPlayer* player_;
    SampleStrip* views_;
    NeighbourPanel* neighbours_;
    ThumbnailLoader* thumbnails_;  // larger than a list's
};

}  // namespace rest::ui
