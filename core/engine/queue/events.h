// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <variant>

#include "core/base/error.h"
#include "core/base/task.h"
#include "core/store/records.h"
#include "core/store/run_ref.h"

namespace rest::engine {

using JobId = int64_t;

enum class Outcome { succeeded, cancelled, failed };

struct JobQueued {
    JobId job;
    std::string title;
};
struct JobStarted {
    JobId job;
    std::string title;
};
struct JobProgress {
    JobId job;
    Progress progress;
};
struct JobLog {
    JobId job;
    LogLevel level;
    std::string text;
};
struct JobPaused {
    JobId job;
    bool paused;
};
struct JobFinished {
    JobId job;
    Outcome outcome;
    std::string message;  // of a failure, else a one-line summary
    std::string remedy;
};
/// New rows in the project that pages show: read them from the store.
struct VideosChanged {
    JobId job;
    std::filesystem::path project;  // Project::identity()
};
struct RunChanged {
    JobId job;
    store::RunRef run;
};  // added or measured, or its status or epoch changed
struct CaptionsChanged {
    JobId job;
    store::RunRef run;
    int step;
};  // a step was completed
struct MetricAdded {
    JobId job;
    store::RunRef run;
    store::MetricPoint point;
};

using Event = std::variant<JobQueued, JobStarted, JobProgress, JobLog, JobPaused, JobFinished, VideosChanged,
                           RunChanged, CaptionsChanged, MetricAdded>;
using Listener = std::function<void(const Event&)>;

}  // namespace rest::engine
