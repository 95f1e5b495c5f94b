// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace rest::test {

/// What this process holds of the machine now.
struct Footprint {
    int64_t memory = 0;  // bytes resident, after the allocator gave back what it could
    int handles = 0;     // open files
    int threads = 0;
};

Footprint footprint();

}  // namespace rest::test
