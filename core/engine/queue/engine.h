// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/queue/events.h"
#include "core/engine/queue/job_order.h"

// Qt defines `emit` as nothing, and pages include Qt first.
#pragma push_macro("emit")
#undef emit

namespace rest::engine {

/// What a job is handed while it runs on the engine thread: progress, log, pause, cancel, and events of its own.
class JobContext : public Task {
  public:
    using Task::Task;
    virtual JobId id() const = 0;
    virtual void emit(const Event& event) = 0;
};

/// A piece of work with frozen settings. run() is called once, on the engine thread; it returns a line of what was
/// done, or throws Error or Cancelled. Whatever it leaves in the project is whole: a job may be cancelled at any
/// check().
class Job {
  public:
    virtual ~Job() = default;
    virtual std::string title() const = 0;
    virtual std::string run(JobContext& context) = 0;
    /// Folder of the project that it works on; empty: of none.
    virtual std::filesystem::path project() const { return {}; }
    /// How to make it again at another start of the program; nothing for jobs that are asked for anew then.
    virtual std::optional<JobOrder> order() const { return std::nullopt; }
    /// True for what is over in seconds and leaves nothing: cancelling it needs no second thought.
    virtual bool is_brief() const { return false; }
};

/// Runs jobs one after another on its own thread, which owns the device.
///
/// All calls but wait_idle() may come from any thread and return at once. The listener is called on the engine thread,
/// and on the caller's for what the call itself does: queueing, pausing, resuming and dropping a queued job. So it must
/// be thread-safe; what it throws is logged. A job that throws ends as failed. A queued job that is paused is passed
/// over until it is resumed. The destructor cancels what runs and is queued, and waits; it must not run on the engine
/// thread.
class Engine {
  public:
    explicit Engine(Listener listener);
    ~Engine();

    JobId submit(std::unique_ptr<Job> job);
    void cancel(JobId job);  // queued: it is dropped with outcome cancelled
    void pause(JobId job);
    void resume(JobId job);
    void cancel_all();
    /// Puts a queued job before another queued one, or last (0). False, and nothing is moved, when one of them is not
    /// queued any more.
    bool move(JobId job, JobId before);
    /// Nothing runs or is queued, and the last JobFinished has been delivered.
    bool idle() const;
    /// Not from a listener or a job.
    void wait_idle();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Runs a job on the calling thread with the same events, for the command line. Returns the job's line; throws what it
/// throws.
std::string run_here(Job& job, const Listener& listener, TaskControl& control);

}  // namespace rest::engine

#pragma pop_macro("emit")
