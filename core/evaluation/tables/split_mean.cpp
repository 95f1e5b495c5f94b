// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/tables/split_mean.h"

#include <cmath>
#include <vector>

namespace rest::evaluation {

MeanAndDeviation mean_and_deviation(std::span<const double> values) {
    MeanAndDeviation out{.values = std::ssize(values)};
    if (values.empty()) return out;
    const auto n = static_cast<double>(values.size());
    for (const double value : values) out.mean += value / n;
    if (values.size() < 2) return out;
    double squares = 0;
    for (const double value : values) squares += (value - out.mean) * (value - out.mean);
    out.deviation = std::sqrt(squares / (n - 1));
    return out;
}

std::map<std::string, MeanAndDeviation> mean_and_deviation(std::span<const std::map<std::string, double>> splits) {
    std::map<std::string, std::vector<double>> values;
    for (const auto& split : splits) {
        for (const auto& [metric, value] : split) values[metric].push_back(value);
    }
    std::map<std::string, MeanAndDeviation> out;
    for (const auto& [metric, of_splits] : values) out[metric] = mean_and_deviation(of_splits);
    return out;
}

}  // namespace rest::evaluation
