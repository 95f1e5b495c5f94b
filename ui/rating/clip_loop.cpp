// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rating/clip_loop.h"

#include <QVBoxLayout>
#include <algorithm>

#include "ui/player/frame_view.h"
#include "ui/rating/clip_track.h"

namespace rest::ui {

ClipLoop::ClipLoop(QWidget* parent)
    : QWidget(parent), view_(new FrameView), tracks_{new ClipTrack(this), new ClipTrack(this)}, now_(tracks_[0]) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(view_);
    timer_.setSingleShot(true);
    timer_.setTimerType(Qt::PreciseTimer);
    connect(&timer_, &QTimer::timeout, this, [this] {
        awaited_ = (frame_ + 1) % now_->frames();
        now_->request(awaited_);
    });
    for (ClipTrack* track : tracks_) {
        connect(track, &ClipTrack::changed, this, [this, track] {
            if (track == now_ && !seen_) showFirst();
        });
        connect(track, &ClipTrack::decoded, this, [this, track](qint64 frame, const QImage& image) {
            if (track != now_ || frame != awaited_ || paused_) return;
            awaited_ = -1;
            show(frame, image);
        });
    }
}

qint64 ClipLoop::clip() const {
    return now_->clip();
}
QString ClipLoop::problem() const {
    return now_->problem();
}
bool ClipLoop::loading() const {
    return now_->clip() >= 0 && !seen_;
}

void ClipLoop::play(const Clip& clip) {
    timer_.stop();
    awaited_ = -1;
    seen_ = false;
    if (clip.id != now_->clip() && spare()->clip() == clip.id) {
        now_ = spare();
    } else if (clip.id != now_->clip()) {
        // The clip that was shown stays loaded: after an undo it comes next.
        now_ = spare();
        now_->load(clip.id, clip.path, clip.problem);
    }
    if (now_->ready() || !now_->problem().isEmpty()) {
        showFirst();
    } else {
        view_->setText({});  // never the previous clip beside this clip's caption
    }
}

void ClipLoop::prepare(const Clip& clip) {
    if (clip.id != now_->clip() && clip.id != spare()->clip()) spare()->load(clip.id, clip.path, clip.problem);
}

void ClipLoop::showFirst() {
    seen_ = true;
    if (now_->problem().isEmpty()) {
        show(0, now_->firstFrame());
    } else {
        view_->setText(now_->problem());
    }
    view_->repaint();  // on the screen before the signal is emitted
    Q_EMIT started(now_->clip());
}

void ClipLoop::show(qint64 frame, const QImage& image) {
    frame_ = frame;
    view_->setImage(image);
    if (frame == 0) {
        pace_.start();
        behind_ = 0;
    }
    if (!paused_) scheduleNext();
}

void ClipLoop::scheduleNext() {
    const double now = static_cast<double>(pace_.elapsed()) / 1000;
    const double wait = now_->seconds(frame_ + 1) + behind_ - now;
    // A clip that decodes slowly plays slowly and is not rushed afterwards.
    if (wait < 0) behind_ -= wait;
    if (now_->frames() > 1) timer_.start(static_cast<int>(std::max(0.0, wait) * 1000));
}

void ClipLoop::replay() {
    if (!seen_ || !now_->ready()) return;
    timer_.stop();
    awaited_ = -1;
    show(0, now_->firstFrame());
}

void ClipLoop::pause() {
    paused_ = true;
    timer_.stop();
}

void ClipLoop::resume() {
    if (!std::exchange(paused_, false)) return;
    replay();
}

}  // namespace rest::ui
