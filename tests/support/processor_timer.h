// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ctime>

#include <cstdint>

namespace rest::test {

/// As QElapsedTimer, but of processor time: a limit on it holds whatever other programs do meanwhile. Time spent
/// waiting, for a disk say, does not count.
template <clockid_t clock>
class CpuTimer {
  public:
    void start() { began_ = now(); }
    int64_t nsecsElapsed() const { return now() - began_; }
    long long elapsed() const { return nsecsElapsed() / 1'000'000; }
    double seconds() const { return static_cast<double>(nsecsElapsed()) / 1e9; }
    double milliseconds() const { return static_cast<double>(nsecsElapsed()) / 1e6; }
    long long restart() {
        const long long milliseconds = elapsed();
        start();
        return milliseconds;
    }

  private:
    static int64_t now() {
        timespec t{};
        clock_gettime(clock, &t);
        return int64_t{t.tv_sec} * 1'000'000'000 + t.tv_nsec;
    }
    int64_t began_ = now();
};

using ProcessorTimer = CpuTimer<CLOCK_PROCESS_CPUTIME_ID>;  // of all threads of this process
using ThreadTimer = CpuTimer<CLOCK_THREAD_CPUTIME_ID>;      // of the calling thread

}  // namespace rest::test
