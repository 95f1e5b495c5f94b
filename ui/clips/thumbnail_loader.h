// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCache>
#include <QObject>
#include <QPixmap>
#include <QSet>
#include <QSize>
#include <QThreadPool>
#include <deque>
#include <mutex>

#include "core/store/records.h"

namespace rest::ui {

/// Middle frames of videos, decoded on worker threads and kept in a least-recently-used cache.
///
/// The last request is decoded first, and only the newest requests are kept: those of rows that were scrolled away
/// are dropped from the queue and requested again when the rows come back. Calls from the window's thread.
class ThumbnailLoader : public QObject {
    Q_OBJECT

  public:
    explicit ThumbnailLoader(QSize size, QObject* parent = nullptr);
    ~ThumbnailLoader() override;

    /// The thumbnail, or a null pixmap and `ready` later. Null for good when the video cannot be read.
    QPixmap pixmap(store::VideoId id, const QString& path);
    bool idle() const { return asked_.isEmpty(); }
    void clear();
    QSize size() const { return size_; }

  Q_SIGNALS:
    void ready(qint64 id);

  private:
    struct Request {
        store::VideoId id;
        QString path;
        int generation;
    };
    void work();
    void finish(const Request& request, const QImage& image);

    static constexpr size_t queue_limit = 96;
    QSize size_;
    qreal ratio_;
    QCache<store::VideoId, QPixmap> cache_;
    QSet<store::VideoId> asked_;
    int generation_ = 0;
    QThreadPool pool_;
    std::mutex mutex_;
    std::deque<Request> queue_;  // guarded by mutex_; newest at the back
    int workers_ = 0;            // guarded by mutex_
};

}  // namespace rest::ui
