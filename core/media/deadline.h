// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace rest::media {

/// A timeout for work without progress. Every progress restarts it.
class Deadline {
  public:
    void start(double seconds) {
        end_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    }
    bool passed() const { return Clock::now() > end_; }

  private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point end_ = Clock::time_point::max();
};

}  // namespace rest::media
