// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>

namespace rest {

/// The progress of an operation. `done` and `total` count `unit`s ("clips", "batches"); total 0 means unknown.
struct Progress {
    std::string stage;  // "First captions", "Epoch 3 of 15"
    std::string unit;
    int64_t done = 0;
    int64_t total = 0;
    double rate = 0;           // units per second, 0 while unknown
    double seconds_left = -1;  // of this stage, -1 while unknown
};

enum class LogLevel { info, warning, error };

/// Pause and cancel requests, made by any thread and obeyed by the working thread.
class TaskControl {
  public:
    void cancel();
    void pause();
    void resume();
    bool cancelled() const { return cancelled_; }
    bool paused() const { return paused_; }
    /// Blocks while paused; throws Cancelled when cancelled.
    void check();

  private:
    std::atomic<bool> cancelled_{false};
    std::atomic<bool> paused_{false};
    std::mutex mutex_;
    std::condition_variable changed_;
};

/// Passed to long operations: receives their progress, and tells them to pause or stop.
///
/// Called by the working thread; implementations forward events. check() is cheap: call it between batches and clips.
class Task {
  public:
    explicit Task(TaskControl& control) : control_(control) {}
    virtual ~Task() = default;

    /// Starts a stage; rate and time left are computed from the advance() calls that follow. `already`: units done
    /// earlier, such as the bytes of a resumed download; they count as done but not for the rate.
    void begin(const std::string& stage, const std::string& unit, int64_t total, int64_t already = 0);
    /// `done` counts from the stage's start, `already` included. Reports at most ten times a second, and always the
    /// last call.
    void advance(int64_t done);
    void log(LogLevel level, const std::string& text) { on_log(level, text); }
    /// Obeys pause and cancel. Throws Cancelled.
    void check() { control_.check(); }

  protected:
    virtual void on_progress(const Progress& progress) = 0;
    virtual void on_log(LogLevel level, const std::string& text) = 0;

  private:
    using Clock = std::chrono::steady_clock;
    TaskControl& control_;
    Progress progress_;
    int64_t already_ = 0;
    Clock::time_point started_;
    Clock::time_point reported_;
};

/// For work that nobody watches: tests and small tools.
class SilentTask final : public Task {
  public:
    SilentTask() : Task(control) {}
    TaskControl control;

  private:
    void on_progress(const Progress&) override {}
    void on_log(LogLevel, const std::string&) override {}
};

}  // namespace rest
