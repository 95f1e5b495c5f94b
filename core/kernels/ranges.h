// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>

namespace rest::kernels {

/// Sets the number of threads for LibTorch, for_ranges() and the products; 0: one per processor. Returns that number.
/// The only place that sets it.
int use_threads(int64_t wanted);

/// Calls body(begin, end) for parts of [0, count) in parallel, one per thread: as many as use_threads() set, but at
/// most ceil(count / grain). Runs on the caller's thread if there is a single part or the call is already inside a
/// parallel region. An exception of the body is rethrown here. Used instead of at::parallel_for, see ranges.cpp.
void for_ranges(int64_t count, int64_t grain, const std::function<void(int64_t begin, int64_t end)>& body);

}  // namespace rest::kernels
