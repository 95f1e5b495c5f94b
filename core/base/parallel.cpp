// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace rest {

int processor_count() {
    cpu_set_t set;
    if (::sched_getaffinity(0, sizeof set, &set) == 0) return std::max(1, CPU_COUNT(&set));
    return std::max(1u, std::thread::hardware_concurrency());
}

void parallel_for(int64_t n, const std::function<void(int64_t)>& body, int threads) {
    const int64_t workers = std::min<int64_t>(n, threads > 0 ? threads : processor_count());
    if (workers <= 1) {
        for (int64_t i = 0; i < n; ++i) body(i);
        return;
    }
    std::atomic<int64_t> next{0};
    std::exception_ptr first;
    std::mutex mutex;
    auto work = [&] {
        for (int64_t i = next++; i < n; i = next++) {
            try {
                body(i);
            } catch (...) {
                std::lock_guard lock(mutex);
                if (!first) first = std::current_exception();
                next = n;
            }
        }
    };
    {
        std::vector<std::jthread> pool;
        for (int64_t t = 1; t < workers; ++t) pool.emplace_back(work);
        work();
    }
    if (first) std::rethrow_exception(first);
}

}  // namespace rest
