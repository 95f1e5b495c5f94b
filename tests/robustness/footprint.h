// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace rest::test {

/// The resources that this process holds now.
struct Footprint {
    int64_t memory = 0;  // resident bytes, after the allocator returned what it could
    int handles = 0;     // open files
    int threads = 0;
};

Footprint footprint();

}  // namespace rest::test
