// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "core/engine/queue/job_order.h"
#include "core/store/lock.h"
#include "core/store/run_ref.h"

namespace rest::engine {

/// The folder of the queues: `queue` in state_dir().
std::filesystem::path queue_dir();

/// The queue of one window on disk, so that it outlives the window: an atomically written file, beside a lock that ends
/// with the process. Each window has its own file. One thread.
class QueueFile {
  public:
    /// Does not touch the disk.
    explicit QueueFile(std::filesystem::path folder = queue_dir());

    /// Stores the running and waiting jobs, in that order; with none, the file is deleted. Does nothing if unchanged.
    /// Throws Error (io, no_space) naming the file.
    void put(std::span<const JobOrder> orders);
    const std::filesystem::path& file() const { return file_; }

  private:
    std::filesystem::path folder_;
    std::filesystem::path file_;
    std::unique_ptr<store::ProjectLock> lock_;
    std::vector<JobOrder> written_;
};

/// Unfinished jobs of a window that has ended, cleanly or not.
struct LeftQueue {
    std::filesystem::path file;
    std::vector<JobOrder> orders;
};

/// Oldest first. Those of living windows are skipped, and so are files that are not queues (logged). Never throws: an
/// unreadable folder counts as empty.
std::vector<LeftQueue> left_queues(const std::filesystem::path& folder = queue_dir());

/// The run that an order resumes, as events and pages identify it; no run for a new one.
store::RunRef run_of(const JobOrder& order);

/// Removes it, once its jobs are queued again or discarded.
void forget(const LeftQueue& left) noexcept;

}  // namespace rest::engine
