// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/distributed/membership.h"

namespace rest::distributed {

/// A pending sum over all processes.
class PendingSum {
  public:
    virtual ~PendingSum() = default;
    /// Blocks until the buffer holds the sum. Throws like Group's members.
    virtual void wait() = 0;
};

/// The processes that run one job together. Every process calls the same members in the same order, from one thread.
///
/// Members wait as long as the others live, however long these are busy: a process is lost if its connection breaks or
/// it gives no sign of life for GroupSettings::lost_after. Then, and if another one failed, members throw Error
/// (lost_worker) naming its rank and, if known, its reason.
class Group {
  public:
    virtual ~Group() = default;

    virtual int rank() const = 0;
    virtual int size() const = 0;

    /// Sums `buffer`, contiguous, over all processes in place. It must stay valid until wait() has returned.
    virtual std::unique_ptr<PendingSum> sum(const torch::Tensor& buffer) = 0;
    /// Rank 0's text, on all ranks.
    virtual std::string broadcast(std::string text) = 0;
    /// Rank 0's values of `tensor` (same shape and type everywhere), in place.
    virtual void broadcast(const torch::Tensor& tensor) = 0;
    /// Every process's text, by rank.
    virtual std::vector<std::string> gather(const std::string& text) = 0;
    /// Rows of all processes, by rank; their number may differ, (n_r, ...) of one dtype and width.
    virtual torch::Tensor gather_rows(const torch::Tensor& rows) = 0;
    /// Reports to the others why this process fails, so that their errors give the reason. Never throws.
    virtual void give_up(const std::string& reason) noexcept = 0;
};

struct GroupSettings {
    std::chrono::milliseconds lost_after{30'000};  // without a sign of life
    std::chrono::milliseconds join_within{300'000};
    std::function<void()> check = {};  // called now and then until all have come; what it throws ends the wait
};

/// A group of only this process: every call returns immediately.
std::unique_ptr<Group> make_lone_group();

/// Joins the others (c10d over Gloo). Returns when all have joined. Throws Error: unsupported in a build without Gloo,
/// lost_worker if they do not join within `join_within`.
std::unique_ptr<Group> join_group(const Membership& membership, const GroupSettings& settings = {});

}  // namespace rest::distributed
