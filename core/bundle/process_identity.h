// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace rest::bundle {

/// Identifies one process uniquely: PIDs are reused, on this machine and after a reboot.
struct ProcessIdentity {
    int64_t pid = 0;
    uint64_t start_ticks = 0;  // start time in ticks of the kernel's clock
    std::string boot;          // the kernel's boot ID
    std::string machine;       // the machine ID; home folders may be shared between several machines

    bool operator==(const ProcessIdentity&) const = default;
};

ProcessIdentity this_process();

/// Whether it is still running; empty if it belongs to another machine, where that is unknown.
std::optional<bool> is_alive(const ProcessIdentity& process);

}  // namespace rest::bundle
