// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>

namespace rest {

/// Processors this process may use, at least 1.
int processor_count();

/// Calls body(i) for i in [0, n) on up to `threads` threads (0: one per processor), in no fixed order.
/// Returns when all are done; the first exception thrown stops handing out work and is rethrown here.
void parallel_for(int64_t n, const std::function<void(int64_t)>& body, int threads = 0);

}  // namespace rest
