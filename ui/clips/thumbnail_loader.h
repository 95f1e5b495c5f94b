// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCache>
#include <QObject>
#include <QPixmap>
#include <QSet>
#include <QSize>
#include <QThreadPool>
#include <atomic>
#include <deque>
#include <mutex>

#include "core/store/records.h"

namespace rest::ui {

/// Middle frames of videos, or strips of several frames side by side, decoded on worker threads and kept in a
/// least-recently-used cache.
///
/// What was asked for last is decoded first, and only the newest requests wait: those of rows that were scrolled away
/// fall out of the queue and are asked for again when they come back. What nobody waits for any more is given up, also
/// in the middle of a decoding. Calls from the window's thread.
class ThumbnailLoader : public QObject {
    Q_OBJECT

  public:
    /// `size` is that of one frame; of several, spread over the clip as samples are, each stands in the middle of its
    /// part of the strip.
    explicit ThumbnailLoader(QSize size, QObject* parent = nullptr, int frames = 1);
    static constexpr int strip_gap = 2;  // between frames of a strip
    ~ThumbnailLoader() override;

    /// The thumbnail, or a null pixmap and `ready` later. Null for good when the video cannot be read.
    QPixmap pixmap(store::VideoId id, const QString& path);
    bool idle() const { return asked_.isEmpty(); }
    /// Gives up what is asked for whenever this view is hidden; it asks again when it is painted.
    void serve(QWidget* view);
    /// Gives up what is asked for, and forgets what is there.
    void clear();
    QSize size() const { return size_; }

  Q_SIGNALS:
    void ready(qint64 id);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    struct Request {
        store::VideoId id;
        QString path;
        int generation;
    };
    void giveUp();
    void work();
    void finish(const Request& request, const QImage& image);

    static constexpr size_t queue_limit = 96;
    QSize size_;
    int frames_;
    qreal ratio_;
    QCache<store::VideoId, QPixmap> cache_;
    QSet<store::VideoId> asked_;
    std::atomic<int> generation_{0};  // of requests: those of an earlier one are given up
    QThreadPool pool_;
    std::mutex mutex_;
    std::deque<Request> queue_;  // guarded by mutex_; newest at the back
    int workers_ = 0;            // guarded by mutex_
};

}  // namespace rest::ui
