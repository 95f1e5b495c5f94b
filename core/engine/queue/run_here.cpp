// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/queue/job_context.h"

namespace rest::engine {

std::string run_here(Job& job, const Listener& listener, TaskControl& control) {
    constexpr JobId kOnly = 1;
    ListenerContext context(control, kOnly, listener);
    notify(listener, JobStarted{kOnly, job.title()});
    try {
        context.check();
        std::string line = job.run(context);
        notify(listener, JobFinished{kOnly, Outcome::succeeded, line, {}});
        return line;
    } catch (...) {
        notify(listener, finished_by_exception(kOnly));
        throw;
    }
}

}  // namespace rest::engine
