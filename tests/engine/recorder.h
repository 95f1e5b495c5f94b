// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

#include "core/engine/queue/engine.h"

namespace rest::test {

/// Records every event, from any thread.
class Recorder {
  public:
    engine::Listener listener() {
        return [this](const engine::Event& event) {
            std::lock_guard lock(mutex_);
            events_.push_back(event);
        };
    }

    /// All of one type, in order.
    template <class T>
    std::vector<T> all(engine::JobId job) const {
        std::lock_guard lock(mutex_);
        std::vector<T> out;
        for (const auto& event : events_) {
            if (const T* e = std::get_if<T>(&event); e && e->job == job) out.push_back(*e);
        }
        return out;
    }

    /// The last reported end.
    std::optional<engine::JobFinished> finished(engine::JobId job) const {
        const auto ends = all<engine::JobFinished>(job);
        return ends.empty() ? std::nullopt : std::optional(ends.back());
    }

    std::vector<Progress> progress(engine::JobId job) const {
        std::vector<Progress> out;
        for (const auto& e : all<engine::JobProgress>(job)) out.push_back(e.progress);
        return out;
    }

    std::vector<std::string> logs(engine::JobId job) const {
        std::vector<std::string> out;
        for (const auto& e : all<engine::JobLog>(job)) out.push_back(e.text);
        return out;
    }

    /// The names of a job's events.
    std::vector<std::string> kinds(engine::JobId job) const {
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
    static std::string word(const engine::JobQueued&) { return "queued"; }
    static std::string word(const engine::JobStarted&) { return "started"; }
    static std::string word(const engine::JobProgress&) { return "progress"; }
    static std::string word(const engine::JobLog&) { return "log"; }
    static std::string word(const engine::JobPaused& e) { return e.paused ? "paused" : "resumed"; }
    static std::string word(const engine::JobFinished&) { return "finished"; }
    static std::string word(const engine::VideosChanged&) { return "videos"; }
    static std::string word(const engine::RunChanged&) { return "run"; }
    static std::string word(const engine::CaptionsChanged&) { return "captions"; }
    static std::string word(const engine::MetricAdded&) { return "metric"; }

    mutable std::mutex mutex_;
    std::vector<engine::Event> events_;
};

class FunctionJob final : public engine::Job {
  public:
    using Body = std::function<std::string(engine::JobContext&)>;
    FunctionJob(std::string title, Body body) : title_(std::move(title)), body_(std::move(body)) {}
    std::string title() const override { return title_; }
    std::string run(engine::JobContext& context) override { return body_(context); }

  private:
    std::string title_;
    Body body_;
};

inline std::unique_ptr<engine::Job> make_job(std::string title, FunctionJob::Body body) {
    return std::make_unique<FunctionJob>(std::move(title), std::move(body));
}

/// Runs until it is cancelled; sets `begun` once it runs.
inline std::unique_ptr<engine::Job> make_endless_job(std::atomic<bool>& begun) {
    return make_job("endless", [&begun](engine::JobContext& context) -> std::string {
        for (;;) {
            context.check();
            begun = true;
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    });
}

}  // namespace rest::test
