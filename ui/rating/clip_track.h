// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>
#include <QObject>
#include <QThread>

namespace rest::ui {

class FrameDecoder;

/// One clip with a decoder thread of its own: opened and its first frame decoded before it is wanted.
class ClipTrack : public QObject {
    Q_OBJECT

  public:
    explicit ClipTrack(QObject* parent = nullptr);
    ~ClipTrack() override;

    /// Drops the previous clip. An empty path is a clip that cannot be shown, for the reason given.
    void load(qint64 clip, const QString& path, const QString& problem);
    qint64 clip() const { return clip_; }  // -1: none
    bool ready() const { return !first_.isNull(); }
    const QString& problem() const { return problem_; }  // not empty: it will never be ready
    const QImage& firstFrame() const { return first_; }
    qint64 frames() const { return times_.size(); }
    double seconds(qint64 frame) const;  // from the first frame to `frame`; that of frames() is the clip's length
    void request(qint64 frame);

  Q_SIGNALS:
    void changed();  // it became ready, or a problem came up
    void decoded(qint64 frame, const QImage& image);

  private:
    QThread thread_;
    FrameDecoder* decoder_;  // lives on thread_, deleted when it ends
    int ticket_ = 0;
    qint64 clip_ = -1;
    QString problem_;
    QList<double> times_;
    double frames_per_second_ = 0;
    QImage first_;
};

}  // namespace rest::ui
