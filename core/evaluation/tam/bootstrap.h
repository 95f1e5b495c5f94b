// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>

namespace rest::evaluation {

struct Interval {
    double low = 0, high = 0;  // in the unit of the statistic; percent for a share
};

struct BootstrapSettings {
    uint64_t seed = 1;
    int resamples = 2000;    // each of as many clips as there are, with replacement
    double coverage = 0.95;  // percentile interval
};

/// `part` of `whole` in percent; 0 if `whole` is 0.
double percent(int64_t part, int64_t whole);

/// Percentile interval, in percent, of a share of `hits` among `n` clips; zeros for n = 0. `stream` makes the random
/// numbers of several shares independent. Both throw Error (invalid_argument) for invalid settings.
Interval bootstrap_share(int64_t hits, int64_t n, uint64_t stream, const BootstrapSettings& settings);

/// The same for any statistic of n clips: it receives the indices of the clips drawn (n of them, with repeats) and
/// returns nothing if undefined; such resamples are left out. Empty if more than half of them are, or if n is 0.
std::optional<Interval> bootstrap_statistic(
    int64_t n, const std::function<std::optional<double>(std::span<const uint32_t>)>& value, uint64_t stream,
    const BootstrapSettings& settings);

}  // namespace rest::evaluation
