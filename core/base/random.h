// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <utility>

namespace rest {

/// Counter-based random numbers (Philox 4x32-10): a pure function of a key and a counter.
///
/// Key it with what the draw is for, e.g. Random(seed, epoch, video): the numbers never depend on which thread asks
/// first, so a resumed run equals an unbroken one. Not thread-safe; make one per use, construction is free.
class Random {
  public:
    explicit Random(uint64_t seed, uint64_t stream = 0, uint64_t substream = 0);

    uint32_t next();
    /// Uniform in [0, 1).
    double uniform();
    double uniform(double low, double high) { return low + (high - low) * uniform(); }
    /// Uniform in [0, n); n > 0.
    uint32_t below(uint32_t n);
    bool chance(double probability) { return uniform() < probability; }
    /// Standard normal (Box-Muller).
    double normal();
    template <class T>
    void shuffle(std::span<T> items) {
        for (size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(static_cast<uint32_t>(i))]);
    }
    template <class Container>
    const auto& pick(const Container& items) {
        return items[below(static_cast<uint32_t>(items.size()))];
    }

  private:
    std::array<uint32_t, 2> key_;
    std::array<uint32_t, 4> counter_;
    std::array<uint32_t, 4> block_{};
    int used_ = 4;
};

}  // namespace rest
