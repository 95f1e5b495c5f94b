// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QImage>
#include <QList>
#include <QThread>
#include <QTimer>
#include <QWidget>

class QLabel;
class QToolButton;

namespace rest::ui {

class FrameDecoder;
class FrameView;
class SampleStrip;
class Timeline;

/// Plays one clip in a loop at its own pace and steps exactly one frame at a time.
///
/// Space: play or pause. Left, Right: one frame. Home, End: first, last. Frames are decoded on a thread of the
/// player's own; number and time shown are always those of the picture shown.
class VideoPlayer : public QWidget {
    Q_OBJECT

  public:
    explicit VideoPlayer(QWidget* parent = nullptr);
    ~VideoPlayer() override;

    /// Shows the first frame and plays if the last video was playing. An empty path clears the player.
    void setVideo(const QString& path, int samples = 8);
    void play();
    void pause();
    void step(int frames);
    void seek(qint64 frame);
    /// Goes to sampled frame `sample` and marks it.
    void showSample(int sample);

    bool playing() const { return playing_; }
    bool loading() const { return in_flight_ || opening_; }
    qint64 frame() const { return shown_; }  // -1 before the first
    qint64 frames() const { return times_.size(); }
    const QList<qint64>& samples() const { return samples_; }
    const QImage& image() const;

  Q_SIGNALS:
    void frameShown(qint64 frame);
    void failed(const QString& message);

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void hideEvent(QHideEvent* event) override;

  private:
    QWidget* makeControls();
    void connectDecoder();
    void request();
    void requestSamples();
    void received(qint64 index, const QImage& image);
    void showFrame(qint64 index, const QImage& image);
    void scheduleNext();
    void updatePlayButton();
    double secondsAfter(qint64 index) const;

    QThread thread_;
    FrameDecoder* decoder_;  // lives on thread_, deleted when it ends
    FrameView* view_;
    Timeline* timeline_;
    SampleStrip* strip_;
    QLabel* position_;
    QLabel* clock_;
    QToolButton* play_;

    int ticket_ = 0;
    int sample_count_ = 8;
    QList<double> times_;
    double frames_per_second_ = 0;
    QList<qint64> samples_;
    qint64 shown_ = -1;
    qint64 target_ = 0;  // the frame wanted next
    bool opening_ = false;
    bool in_flight_ = false;  // a frame is being decoded
    bool playing_ = false;
    bool due_ = true;  // the target is shown as soon as it is decoded
    QImage ready_;     // the target, decoded ahead of time
    QTimer timer_;
    QElapsedTimer pace_;  // since playing began
    qint64 due_ms_ = 0;   // by pace_, when the target is due
};

}  // namespace rest::ui
