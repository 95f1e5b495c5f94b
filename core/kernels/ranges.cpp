// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/ranges.h"

#include <ATen/Parallel.h>

// at::parallel_for is a template: where it is compiled without OpenMP it does everything on the calling thread, and nothing
// says so. Hence this one source, which is compiled with it.
#if AT_PARALLEL_OPENMP && !defined(_OPENMP)
#error "Compile this file with OpenMP, as LibTorch was"
#endif

namespace rest {

void for_ranges(int64_t count, int64_t grain, const std::function<void(int64_t begin, int64_t end)>& body) {
    at::parallel_for(0, count, grain, body);
}

}  // namespace rest
