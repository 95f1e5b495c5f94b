// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>

namespace rest::kernels {

/// Tells LibTorch, for_ranges() and the products how many threads to use from now on; 0: one a processor. Returns how
/// many. The only place where that is decided.
int use_threads(int64_t wanted);

/// Calls body(begin, end) for parts of [0, count) at the same time, one a thread: as many as use_threads() says, but
/// no more than ceil(count / grain). On the caller's thread alone for a single part and where that is one of several
/// already. An exception of the body is rethrown here. Used instead of at::parallel_for, see ranges.cpp.
void for_ranges(int64_t count, int64_t grain, const std::function<void(int64_t begin, int64_t end)>& body);

}  // namespace rest::kernels
