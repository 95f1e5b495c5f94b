// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/distributed/membership.h"

namespace rest::engine {

/// How a process trains together with others; no LibTorch here, since the window includes it.
struct Together {
    distributed::Membership membership;
    std::chrono::milliseconds lost_after{30'000};  // a process that gives no sign of life for so long is lost
    /// What this process was asked to do, by name: all must have been asked the same.
    std::vector<std::pair<std::string, std::string>> asked;
};

}  // namespace rest::engine
