// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/base/task.h"
#include "ui/session/background.h"

namespace rest::ui {

/// Work behind the window of which only the newest counts: what was started before is cancelled, and not answered. All
/// calls from the window's thread; the destructor cancels and waits.
class LatestWork {
  public:
    ~LatestWork() { cancel(); }

    /// `work(Task&)` on the thread, then `done(result)` or `failed(const Failure&)` here.
    template <class Work, class Done, class Failed>
    void start(QObject* context, Work work, Done done, Failed failed) {
        cancel();
        task_ = std::make_shared<SilentTask>();
        background_.start(
            context, [task = task_, work = std::move(work)] { return work(static_cast<Task&>(*task)); },
            std::move(done), std::move(failed));
    }
    void cancel() {
        if (task_) task_->control.cancel();
        background_.forget();
    }
    bool idle() const { return background_.idle(); }

  private:
    std::shared_ptr<SilentTask> task_;
    Background background_;
};

}  // namespace rest::ui
