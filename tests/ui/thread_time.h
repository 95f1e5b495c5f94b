// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ctime>

namespace rest::ui {

/// Time that this thread has spent on a processor: what other programs take from it does not count.
inline double threadMilliseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

}  // namespace rest::ui
