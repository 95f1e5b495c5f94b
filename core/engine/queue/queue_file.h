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
    /// Another one after it was without jobs.
    const std::filesystem::path& file() const { return file_; }

  private:
    std::filesystem::path folder_;
    std::filesystem::path file_;
    std::unique_ptr<FileLock> lock_;
    std::vector<JobOrder> written_;
};

/// What a window that is gone, in peace or not, has left undone. Whoever has it holds it: no other window finds it
/// meanwhile.
struct LeftQueue {
    std::filesystem::path file;
    std::vector<JobOrder> orders;
    std::shared_ptr<FileLock> lock;
};

/// Oldest first. Those that another window holds are passed over, and so is what is no queue or cannot be held (with a
/// line in the log). Never throws: a folder that cannot be read holds none.
std::vector<LeftQueue> left_queues(const std::filesystem::path& folder = queue_dir());

/// Its file holds its orders and no others from now on; without any it goes, with its lock. Throws Error (io, no_space)
/// and leaves the file as it was.
void put_back(LeftQueue& left);

/// The run that an order goes on with, as events and pages name it; of no run for a new one.
store::RunRef run_of(const JobOrder& order);

}  // namespace rest::engine
