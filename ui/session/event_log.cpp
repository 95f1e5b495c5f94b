// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/event_log.h"

#include "core/base/log.h"

namespace rest::ui {

namespace {

struct Writer {
    void operator()(const engine::JobStarted& e) const { spdlog::info("Job {} starts: {}", e.job, e.title); }
    void operator()(const engine::JobLog& e) const {
        const auto level = e.level == LogLevel::error     ? spdlog::level::err
                           : e.level == LogLevel::warning ? spdlog::level::warn
                                                          : spdlog::level::info;
        spdlog::log(level, "Job {}: {}", e.job, e.text);
    }
    void operator()(const engine::JobPaused& e) const {
        spdlog::info("Job {} {}", e.job, e.paused ? "is paused" : "is resumed");
    }
    void operator()(const engine::JobFinished& e) const {
        if (e.outcome == engine::Outcome::failed)
            return spdlog::error("Job {} failed: {} {}", e.job, e.message, e.remedy);
        spdlog::info("Job {} {}: {}", e.job, e.outcome == engine::Outcome::succeeded ? "is done" : "was cancelled",
                     e.message);
    }
    template <class Other>
    void operator()(const Other&) const {}
};

}  // namespace

void writeToLog(const engine::Event& event) {
    std::visit(Writer{}, event);
}

}  // namespace rest::ui
