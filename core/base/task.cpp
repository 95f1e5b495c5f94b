// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/task.h"

#include "core/base/error.h"

namespace rest {

void TaskControl::cancel() {
    std::lock_guard lock(mutex_);
    cancelled_ = true;
    changed_.notify_all();
}

void TaskControl::pause() {
    std::lock_guard lock(mutex_);
    paused_ = true;
}

void TaskControl::resume() {
    std::lock_guard lock(mutex_);
    paused_ = false;
    changed_.notify_all();
}

void TaskControl::check() {
    if (paused_ && !cancelled_) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return cancelled_ || !paused_; });
    }
    if (cancelled_) throw Cancelled();
}

void Task::begin(const std::string& stage, const std::string& unit, int64_t total, int64_t already) {
    progress_ = {.stage = stage, .unit = unit, .done = already, .total = total};
    already_ = already;
    started_ = Clock::now();
    reported_ = started_;
    on_progress(progress_);
}

void Task::advance(int64_t done) {
    progress_.done = done;
    const auto now = Clock::now();
    const bool last = progress_.total > 0 && done >= progress_.total;
    if (!last && now - reported_ < std::chrono::milliseconds(100)) return;
    reported_ = now;
    const double seconds = std::chrono::duration<double>(now - started_).count();
    progress_.rate = seconds > 0 ? static_cast<double>(done - already_) / seconds : 0;
    const bool known = progress_.rate > 0 && progress_.total > 0;
    progress_.seconds_left = known ? static_cast<double>(progress_.total - done) / progress_.rate : -1;
    on_progress(progress_);
}

}  // namespace rest
