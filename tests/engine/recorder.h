// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

#include "core/engine/queue/engine.h"

namespace rest::test {

/// Keeps every event, from any thread.
class Recorder {
  public:
    Listener listener() {
        return [this](const Event& event) {
            std::lock_guard lock(mutex_);
            events_.push_back(event);
        };
    }

    /// All of one type, in order.
    template <class T>
    std::vector<T> all(JobId job) const {
        std::lock_guard lock(mutex_);
        std::vector<T> out;
        for (const auto& event : events_) {
            if (const T* e = std::get_if<T>(&event); e && e->job == job) out.push_back(*e);
        }
        return out;
    }

    /// The last end told.
    std::optional<JobFinished> finished(JobId job) const {
        const auto ends = all<JobFinished>(job);
        return ends.empty() ? std::nullopt : std::optional(ends.back());
    }

    std::vector<Progress> progress(JobId job) const {
        std::vector<Progress> out;
        for (const auto& e : all<JobProgress>(job)) out.push_back(e.progress);
        return out;
    }

    std::vector<std::string> logs(JobId job) const {
        std::vector<std::string> out;
        for (const auto& e : all<JobLog>(job)) out.push_back(e.text);
        return out;
    }

    /// What happened to a job, in words.
    std::vector<std::string> kinds(JobId job) const {
        std::lock_guard lock(mutex_);
        std::vector<std::string> out;
        for (const auto& event : events_) {
            std::visit(
                [&](const auto& e) {
                    if (e.job == job) out.push_back(word(e));
                },
                event);
        }
        return out;
    }

  private:
    static std::string word(const JobQueued&) { return "queued"; }
    static std::string word(const JobStarted&) { return "started"; }
    static std::string word(const JobProgress&) { return "progress"; }
    static std::string word(const JobLog&) { return "log"; }
    static std::string word(const JobPaused& e) { return e.paused ? "paused" : "resumed"; }
    static std::string word(const JobFinished&) { return "finished"; }
    static std::string word(const VideosChanged&) { return "videos"; }
    static std::string word(const RunChanged&) { return "run"; }
    static std::string word(const CaptionsChanged&) { return "captions"; }
    static std::string word(const MetricAdded&) { return "metric"; }

    mutable std::mutex mutex_;
    std::vector<Event> events_;
};

class FunctionJob final : public Job {
  public:
    using Body = std::function<std::string(JobContext&)>;
    FunctionJob(std::string title, Body body) : title_(std::move(title)), body_(std::move(body)) {}
    std::string title() const override { return title_; }
    std::string run(JobContext& context) override { return body_(context); }

  private:
    std::string title_;
    Body body_;
};

inline std::unique_ptr<Job> make_job(std::string title, FunctionJob::Body body) {
    return std::make_unique<FunctionJob>(std::move(title), std::move(body));
}

/// Runs until it is cancelled; says when it has begun.
inline std::unique_ptr<Job> make_endless_job(std::atomic<bool>& begun) {
    return make_job("endless", [&begun](JobContext& context) -> std::string {
        for (;;) {
            context.check();
            begun = true;
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    });
}

}  // namespace rest::test
