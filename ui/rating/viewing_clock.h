// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>

#include "core/study/rating_session.h"

namespace rest::ui {

/// How long a clip has been on the screen, pauses left out, and how often it was played again.
class ViewingClock {
  public:
    /// For the next clip, which is not seen yet.
    void reset() {
        since_.invalidate();
        before_ = 0;
        replays_ = 0;
    }
    /// The first frame is on the screen, or the pause is over.
    void start() { since_.start(); }
    void pause() {
        before_ += elapsed();
        since_.invalidate();
    }
    void countReplay() { ++replays_; }
    bool running() const { return since_.isValid(); }
    study::Viewing viewing() const { return {before_ + elapsed(), replays_}; }

  private:
    qint64 elapsed() const { return since_.isValid() ? since_.elapsed() : 0; }

    QElapsedTimer since_;
    qint64 before_ = 0;  // milliseconds until the last pause
    qint64 replays_ = 0;
};

}  // namespace rest::ui
