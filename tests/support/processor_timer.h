// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ctime>

#include <cstdint>

namespace rest::test {

/// As QElapsedTimer, but for the processor time that all threads of this process have used: a limit on it holds
/// whatever other programs run. Time spent waiting, such as for a disk, does not count.
class ProcessorTimer {
  public:
    void start() { began_ = now(); }
    int64_t nsecsElapsed() const { return now() - began_; }
    long long elapsed() const { return nsecsElapsed() / 1'000'000; }
    double seconds() const { return static_cast<double>(nsecsElapsed()) / 1e9; }
    long long restart() {
        const long long milliseconds = elapsed();
        start();
        return milliseconds;
    }

  private:
    static int64_t now() {
        timespec t{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
        return int64_t{t.tv_sec} * 1'000'000'000 + t.tv_nsec;
    }
    int64_t began_ = now();
};

}  // namespace rest::test
