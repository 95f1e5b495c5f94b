// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "core/distributed/membership.h"

namespace rest::distributed {

/// Reports to every process when one is lost, although all may be busy or blocked on it: a thread increments this
/// process's counter in the store and watches the next process's. So each beat costs the store three requests per
/// process, however many there are. Thread-safe.
class SignsOfLife {
  public:
    SignsOfLife(const Membership& membership, const std::string& prefix, std::chrono::milliseconds lost_after);
    /// Records that this process leaves; nobody takes it for lost.
    ~SignsOfLife();
    SignsOfLife(const SignsOfLife&) = delete;
    SignsOfLife& operator=(const SignsOfLife&) = delete;

    /// "rank 2 (host7) failed: The disk is full"; empty while all are well.
    std::optional<std::string> lost() const;
    /// What the others' lost() will report about this process.
    void give_up(const std::string& reason) noexcept;
    /// Returns when all others that live know who is lost: for the process that keeps the store, which goes with it.
    void wait_until_told() noexcept;

  private:
    void watch(const std::stop_token& stop);
    void beat();
    void tell(int rank, const std::string& reason);
    int64_t count(const std::string& key, int64_t more);

    Membership me_;
    std::string prefix_;
    std::chrono::milliseconds lost_after_, pause_;  // pause_: from one beat to the next
    c10::intrusive_ptr<c10d::TCPStore> store_;      // a connection of its own: other requests may block theirs
    int64_t last_count_ = 0;                        // of the process that is watched
    std::chrono::steady_clock::time_point last_change_;
    mutable std::mutex mutex_;
    std::optional<std::string> lost_;
    std::jthread thread_;  // last: joined before the members it uses are destroyed
};

}  // namespace rest::distributed
