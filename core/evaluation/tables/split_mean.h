// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>

namespace rest::evaluation {

struct MeanAndDeviation {
    double mean = 0;
    std::optional<double> deviation;  // sample standard deviation (n - 1); empty for a single value
    int64_t values = 0;
};

/// Mean and deviation of a metric over the splits or seeds. Without values the mean is 0, deviation empty, values 0.
/// The paper does not say which deviation it prints; we document ours.
MeanAndDeviation mean_and_deviation(std::span<const double> values);

/// The same for each metric of several splits; a metric absent from a split has fewer values.
std::map<std::string, MeanAndDeviation> mean_and_deviation(std::span<const std::map<std::string, double>> splits);

}  // namespace rest::evaluation
