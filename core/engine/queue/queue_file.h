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

/// Where queues lie: `queue` in state_dir().
std::filesystem::path queue_dir();

/// The queue of one window on disk, so that it outlives the window: a file that is written whole or not at all, beside
/// a lock that dies with the process. Several windows have a file each. One thread.
class QueueFile {
  public:
    /// Touches no disk.
    explicit QueueFile(std::filesystem::path folder = queue_dir());

    /// The jobs that run and wait, in that order; without any the file goes. Does nothing when the file says so
    /// already. Throws Error (io, no_space) naming the file.
    void put(std::span<const JobOrder> orders);
    const std::filesystem::path& file() const { return file_; }

  private:
    std::filesystem::path folder_;
    std::filesystem::path file_;
    std::unique_ptr<store::ProjectLock> lock_;
    std::vector<JobOrder> written_;
};

/// What a window that is gone, in peace or not, has left undone.
struct LeftQueue {
    std::filesystem::path file;
    std::vector<JobOrder> orders;
};

/// Oldest first. Those of windows that live are passed over, and so is what is no queue (with a line in the log).
/// Never throws: a folder that cannot be read holds none.
std::vector<LeftQueue> left_queues(const std::filesystem::path& folder = queue_dir());

/// The run that an order goes on with, as events and pages name it; of no run for a new one.
store::RunRef run_of(const JobOrder& order);

/// Removes it: its jobs are queued again, or nobody wants them.
void forget(const LeftQueue& left) noexcept;

}  // namespace rest::engine
