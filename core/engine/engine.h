// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/engine/events.h"

namespace rest {

/// What a job is handed while it runs on the engine thread: progress, log, pause, cancel, and events of its own.
class JobContext : public Task {
 public:
    using Task::Task;
    virtual JobId id() const = 0;
    virtual void emit(const Event& event) = 0;
};

/// A piece of work with frozen settings. run() is called once, on the engine thread; it returns a line of what was done,
/// or throws Error or Cancelled. Whatever it leaves in the project is whole: a job may be cancelled at any check().
class Job {
 public:
    virtual ~Job() = default;
    virtual std::string title() const = 0;
    virtual std::string run(JobContext& context) = 0;
};

/// Runs jobs one after another on its own thread, which owns the device.
///
/// All calls may come from any thread and return at once. Listeners are called on the engine thread (queueing: on the
/// caller's). The destructor cancels what runs and waits for it.
class Engine {
 public:
    explicit Engine(Listener listener);
    ~Engine();

    JobId submit(std::unique_ptr<Job> job);
    void cancel(JobId job);  // queued: it is dropped with outcome cancelled
    void pause(JobId job);
    void resume(JobId job);
    void cancel_all();
    bool idle() const;
    void wait_idle();

 private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Runs a job on the calling thread with the same events, for the command line. Returns the job's line; throws what it throws.
std::string run_here(Job& job, const Listener& listener, TaskControl& control);

}  // namespace rest
