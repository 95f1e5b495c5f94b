// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ctime>

namespace rest::ui {

/// Processor time that this thread has used: time taken by other programs does not count.
inline double threadMilliseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

}  // namespace rest::ui
