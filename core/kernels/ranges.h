// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>

namespace rest {

/// Calls body(begin, end) for parts of [0, count), each of `grain` or more but the last, at the same time on as many threads
/// as at::set_num_threads() says; on the caller's alone for a single part and where that is one of several already. An
/// exception of the body is rethrown here. Used instead of at::parallel_for, see ranges.cpp.
void for_ranges(int64_t count, int64_t grain, const std::function<void(int64_t begin, int64_t end)>& body);

}  // namespace rest
