// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>

namespace rest::evaluation {

struct Interval {
    double low = 0, high = 0;  // in the unit of what it belongs to; percent for a share
};

struct BootstrapSettings {
    uint64_t seed = 1;
    int resamples = 2000;    // of as many clips as there are, with replacement
    double coverage = 0.95;  // percentile interval
};

/// `part` of `whole` in percent; 0 of nothing.
double percent(int64_t part, int64_t whole);

/// Percentile interval, in percent, of a share of `hits` among `n` clips; zeros for n = 0. `stream` keeps the random
/// numbers of several shares apart. Both throw Error (invalid_argument) on settings that make no interval.
Interval bootstrap_share(int64_t hits, int64_t n, uint64_t stream, const BootstrapSettings& settings);

/// The same of any statistic of n clips: it is given the numbers of the clips drawn (n of them, repeats among them)
/// and says nothing where it is undefined; such resamples are left out. Nothing when more than half of them are, or
/// when n is 0.
std::optional<Interval> bootstrap_statistic(
    int64_t n, const std::function<std::optional<double>(std::span<const uint32_t>)>& value, uint64_t stream,
    const BootstrapSettings& settings);

}  // namespace rest::evaluation
