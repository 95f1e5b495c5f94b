// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

namespace rest::ui {

class ClipTrack;
class FrameView;

/// Plays a clip without sound, in a loop, while the next one is opened and its first frame decoded in the background.
class ClipLoop : public QWidget {
    Q_OBJECT

  public:
    struct Clip {
        qint64 id = -1;
        QString path;
        QString problem;  // not empty: shown in the clip's place
    };

    explicit ClipLoop(QWidget* parent = nullptr);
    /// Shows the clip from its first frame, immediately if it was prepared.
    void play(const Clip& clip);
    /// Loads the clip that play() will be called with. Does nothing if it is loaded already.
    void prepare(const Clip& clip);
    void replay();
    void pause();
    void resume();
    /// The first frame of the clip is on the screen (or why it cannot be): there is something to judge.
    bool seen() const { return seen_; }
    qint64 clip() const;
    QString problem() const;
    bool loading() const;

  Q_SIGNALS:
    void started(qint64 clip);  // its first frame is on the screen

  private:
    ClipTrack* spare() const { return tracks_[now_ == tracks_[0] ? 1 : 0]; }
    void show(qint64 frame, const QImage& image);
    void showFirst();
    void scheduleNext();

    FrameView* view_;
    ClipTrack* tracks_[2];
    ClipTrack* now_;
    QTimer timer_;
    QElapsedTimer pace_;  // since the current pass began
    double behind_ = 0;   // seconds by which the pass is late
    qint64 frame_ = 0;    // shown
    bool seen_ = false;
    bool paused_ = false;
    qint64 awaited_ = -1;  // the frame that is due and being decoded; -1 none
};

}  // namespace rest::ui
