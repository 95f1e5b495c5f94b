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

/// A sum that is being made over all processes.
class PendingSum {
  public:
    virtual ~PendingSum() = default;
    /// Returns when the buffer holds the sum. Throws as Group's members do.
    virtual void wait() = 0;
};

/// The processes that run one job together. Every process calls the same members in the same order, from one thread.
///
/// Members wait as long as the others live, however long these are busy with something else: a process is lost when its
/// connection breaks or it gives no sign of life for GroupSettings::lost_after. Then, and when another one failed,
/// members throw Error (lost_worker) naming its rank and, where it is known, its reason.
class Group {
  public:
    virtual ~Group() = default;

    virtual int rank() const = 0;
    virtual int size() const = 0;

    /// Adds up `buffer`, contiguous, over all processes in place. It must stay until wait() has returned.
    virtual std::unique_ptr<PendingSum> sum(const torch::Tensor& buffer) = 0;
    /// Rank 0's text, everywhere.
    virtual std::string broadcast(std::string text) = 0;
    /// Rank 0's values of `tensor` (same shape and type everywhere), in place.
    virtual void broadcast(const torch::Tensor& tensor) = 0;
    /// Every process's text, by rank.
    virtual std::vector<std::string> gather(const std::string& text) = 0;
    /// Rows of all processes, by rank; each may have another number of them, (n_r, ...) of one type and width.
    virtual torch::Tensor gather_rows(const torch::Tensor& rows) = 0;
    /// Tells the others why this process gives up, so that they name the reason. Never throws.
    virtual void give_up(const std::string& reason) noexcept = 0;
};

struct GroupSettings {
    std::chrono::milliseconds lost_after{30'000};  // without a sign of life
    std::chrono::milliseconds join_within{300'000};
    std::function<void()> check = {};  // called now and then until all have come; what it throws ends the wait
};

/// A group of this process alone: everything returns at once.
std::unique_ptr<Group> make_lone_group();

/// Joins the others (c10d over Gloo). Returns when all are there. Throws Error: unsupported in a build without Gloo,
/// lost_worker when they do not come within `join_within`.
std::unique_ptr<Group> join_group(const Membership& membership, const GroupSettings& settings = {});

}  // namespace rest::distributed
