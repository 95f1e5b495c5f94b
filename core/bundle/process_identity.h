// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace rest::bundle {

/// One process and no other: numbers are given again, on this machine and after a restart.
struct ProcessIdentity {
    int64_t pid = 0;
    uint64_t start_ticks = 0;  // of the kernel's clock, since it started
    std::string boot;          // which start of the kernel
    std::string machine;       // which installation; home folders may be shared between several

    bool operator==(const ProcessIdentity&) const = default;
};

ProcessIdentity this_process();

/// Whether it runs still; nothing when it belongs to another machine, of which nothing can be told.
std::optional<bool> is_alive(const ProcessIdentity& process);

}  // namespace rest::bundle
