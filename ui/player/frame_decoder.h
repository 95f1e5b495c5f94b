// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCache>
#include <QImage>
#include <QList>
#include <QObject>
#include <atomic>
#include <memory>

namespace rest::media {
class VideoReader;
}

namespace rest::ui {

/// Decodes frames of one video on the thread it lives on; recent frames are cached, so a short clip is decoded once.
/// Answers carry the ticket of their request, so that those to a video opened before can be recognised.
class FrameDecoder : public QObject {
    Q_OBJECT

  public:
    FrameDecoder();
    ~FrameDecoder() override;
    void open(int ticket, const QString& path);
    /// From any thread: requests with an earlier ticket end soon, even halfway, and are not answered.
    void abandonBefore(int ticket) { wanted_ = ticket; }
    void decode(int ticket, qint64 index);
    /// A small picture of sampled frame number `sample`.
    void sample(int ticket, int sample, qint64 index);

  Q_SIGNALS:
    void opened(int ticket, const QList<double>& times_seconds, double frames_per_second);
    void decoded(int ticket, qint64 index, const QImage& image);
    void sampled(int ticket, int sample, const QImage& image);
    void failed(int ticket, const QString& message, const QString& remedy);

  private:
    QImage frame(qint64 index);  // null after `failed` and when nobody wants it any more

    std::atomic<int> wanted_ = 0;
    int ticket_ = -1;
    std::unique_ptr<media::VideoReader> reader_;
    QCache<qint64, QImage> cache_;  // costs in KiB
};

}  // namespace rest::ui
