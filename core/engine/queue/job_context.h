// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/queue/engine.h"

namespace rest::engine {

/// Calls the listener; exceptions are logged and swallowed, so that a faulty page cannot end a training.
void notify(const Listener& listener, const Event& event) noexcept;

/// The context of one running job: turns its reports into events.
class ListenerContext final : public JobContext {
  public:
    ListenerContext(TaskControl& control, JobId id, const Listener& listener)
        : JobContext(control), id_(id), listener_(listener) {}

    JobId id() const override { return id_; }
    void emit(const Event& event) override { notify(listener_, event); }

  private:
    void on_progress(const Progress& progress) override { emit(JobProgress{id_, progress}); }
    void on_log(LogLevel level, const std::string& text) override { emit(JobLog{id_, level, text}); }

    JobId id_;
    const Listener& listener_;
};

/// The event for a job ended by an exception: call it in a catch block.
JobFinished finished_by_exception(JobId job) noexcept;

}  // namespace rest::engine
