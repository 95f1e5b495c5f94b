// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/ranges.h"

#include <ATen/Parallel.h>

#include "core/base/parallel.h"
#include "core/kernels/short_waits.h"

// at::parallel_for is a template: compiled without OpenMP it runs everything on the calling thread, silently. Hence
// this separate source, which is compiled with it.
#if AT_PARALLEL_OPENMP && !defined(_OPENMP)
#error "Compile this file with OpenMP, as LibTorch was"
#endif

namespace rest::kernels {

int use_threads(int64_t wanted) {
    keep_waits_short();
    const int threads = wanted > 0 ? static_cast<int>(wanted) : processor_count();
    at::set_num_threads(threads);
    return threads;
}

void for_ranges(int64_t count, [[maybe_unused]] int64_t grain,
                const std::function<void(int64_t begin, int64_t end)>& body) {
#ifdef __SANITIZE_THREAD__
    // TSan cannot see OpenMP's synchronisation and would report all shared data as races.
    if (count > 0) body(0, count);
#else
    at::parallel_for(0, count, grain, body);
#endif
}

}  // namespace rest::kernels
