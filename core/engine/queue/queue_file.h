// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "core/base/file_lock.h"
#include "core/engine/queue/job_order.h"
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
    /// Changes when the queue becomes empty.
    const std::filesystem::path& file() const { return file_; }

  private:
    std::filesystem::path folder_;
    std::filesystem::path file_;
    std::unique_ptr<FileLock> lock_;
    std::vector<JobOrder> written_;
};

/// Unfinished jobs of a window that has ended, cleanly or not. Locked while this object
/// lives: no other window finds it.
struct LeftQueue {
    std::filesystem::path file;
    std::vector<JobOrder> orders;
    std::shared_ptr<FileLock> lock;
};

/// Oldest first. Skips those that another window has locked, and files that are no queues or cannot be locked (with a
/// line in the log). Never throws: an unreadable folder has none.
std::vector<LeftQueue> left_queues(const std::filesystem::path& folder = queue_dir());

/// Writes its present orders to its file; without any, the file and its lock are removed. Throws Error (io, no_space)
/// and leaves the file as it was.
void put_back(LeftQueue& left);

/// The run that an order resumes, as events and pages identify it; no run for a new one.
store::RunRef run_of(const JobOrder& order);

}  // namespace rest::engine
