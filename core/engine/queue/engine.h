// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/queue/events.h"
#include "core/engine/queue/job_order.h"

// Qt defines `emit` as an empty macro, and pages include Qt first.
#pragma push_macro("emit")
#undef emit

namespace rest::engine {

/// What a job uses while it runs on the engine thread: progress, log, pause, cancel, and its own events.
class JobContext : public Task {
  public:
    using Task::Task;
    virtual JobId id() const = 0;
    virtual void emit(const Event& event) = 0;
};

/// A piece of work with frozen settings. run() is called once, on the engine thread; it returns a one-line summary, or
/// throws Error or Cancelled. It must always leave the project consistent: a job may be cancelled at any check().
class Job {
  public:
    virtual ~Job() = default;
    virtual std::string title() const = 0;
    virtual std::string run(JobContext& context) = 0;
    /// Folder of the project that it works on; empty: none.
    virtual std::filesystem::path project() const { return {}; }
    /// How to recreate it after a restart of the program; empty for jobs that the user must start again.
    virtual std::optional<JobOrder> order() const { return std::nullopt; }
    /// True for jobs that take seconds and leave nothing: cancelling them needs no confirmation.
    virtual bool is_brief() const { return false; }
};

/// Runs jobs one after another on its own thread, which owns the device.
///
/// All calls except wait_idle() may come from any thread and return immediately. The listener is called on the engine
/// thread, and on the caller's for what the call itself does: queueing, pausing, resuming and dropping a queued job. So
/// it must be thread-safe; what it throws is logged. A job that throws ends as failed. A queued job that is paused is
/// skipped until it is resumed. The destructor cancels running and queued jobs, and waits; it must not run on the
/// engine thread.
class Engine {
  public:
    explicit Engine(Listener listener);
    ~Engine();

    JobId submit(std::unique_ptr<Job> job);
    void cancel(JobId job);  // a queued one is dropped with outcome cancelled
    void pause(JobId job);
    void resume(JobId job);
    void cancel_all();
    /// Moves a queued job before another queued one, or to the end (0). False, with nothing moved, if either is no
    /// longer queued.
    bool move(JobId job, JobId before);
    /// True if nothing runs or is queued, and the last JobFinished has been delivered.
    bool idle() const;
    /// Must not be called from a listener or a job.
    void wait_idle();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Runs a job on the calling thread with the same events, for the command line. Returns the job's summary; throws what
/// it throws.
std::string run_here(Job& job, const Listener& listener, TaskControl& control);

}  // namespace rest::engine

#pragma pop_macro("emit")
