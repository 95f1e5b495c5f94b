// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/queue/job_context.h"

#include <new>
#include <string_view>

#include "core/base/file_error.h"
#include "core/base/log.h"
#include "core/base/strings.h"

namespace rest::engine {
namespace {

/// LibTorch appends its call stack to every message: useful in the log, not to the user.
std::string without_call_stack(std::string_view what) {
    for (const std::string_view mark : {"\nException raised from", "\nThe above operation failed"}) {
        what = what.substr(0, what.find(mark));
    }
    return std::string(trimmed(what));
}

}  // namespace

void notify(const Listener& listener, const Event& event) noexcept {
    if (!listener) return;
    try {
        listener(event);
    } catch (const std::exception& e) {
        spdlog::error("A listener of the engine threw: {}", e.what());
    } catch (...) {
        spdlog::error("A listener of the engine threw something that is no exception");
    }
}

JobFinished finished_by_exception(JobId job) noexcept {
    try {
        throw;
    } catch (const Cancelled&) {
        return {job, Outcome::cancelled, "Cancelled", {}};
    } catch (const Error& e) {
        return {job, Outcome::failed, e.what(), e.remedy()};
    } catch (const std::filesystem::filesystem_error& e) {
        const auto error = file_error(e);
        return {job, Outcome::failed, error.what(), error.remedy()};
    } catch (const std::bad_alloc&) {
        return {job, Outcome::failed, "Out of memory", "Lower batch_size or micro_batch, or close other programs."};
    } catch (const std::exception& e) {
        spdlog::error("Job {} failed: {}", job, e.what());
        return {job, Outcome::failed, without_call_stack(e.what()), {}};
    } catch (...) {
        return {job, Outcome::failed, "The job failed in an unknown way", "Please report this, with the log."};
    }
}

}  // namespace rest::engine
