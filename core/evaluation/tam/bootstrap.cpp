// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/tam/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/random.h"

namespace rest::evaluation {
namespace {

void require_usable(const BootstrapSettings& settings) {
    if (settings.resamples >= 1 && settings.coverage > 0 && settings.coverage < 1) return;
    throw Error(ErrorCode::invalid_argument,
                "A bootstrap of " + std::to_string(settings.resamples) + " resamples and coverage " +
                    std::to_string(settings.coverage),
                "Use at least 1 resample and a coverage between 0 and 1.");
}

Interval percentiles(std::vector<double>& values, double coverage) {
    std::sort(values.begin(), values.end());
    const double tail = (1 - coverage) / 2;
    const auto value_at = [&](double quantile) {
        return values[static_cast<size_t>(std::llround(quantile * static_cast<double>(values.size() - 1)))];
    };
    return {value_at(tail), value_at(1 - tail)};
}

}  // namespace

double percent(int64_t part, int64_t whole) {
    return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

// Resampling n clips with replacement is n Bernoulli draws.
Interval bootstrap_share(int64_t hits, int64_t n, uint64_t stream, const BootstrapSettings& settings) {
    require_usable(settings);
    if (n == 0) return {};
    std::vector<double> found(settings.resamples);
    for (int r = 0; r < settings.resamples; ++r) {
        Random random(settings.seed, stream, static_cast<uint64_t>(r));
        int64_t drawn = 0;
        for (int64_t i = 0; i < n; ++i) drawn += random.below(static_cast<uint32_t>(n)) < hits;
        found[r] = percent(drawn, n);
    }
    return percentiles(found, settings.coverage);
}

std::optional<Interval> bootstrap_statistic(
    int64_t n, const std::function<std::optional<double>(std::span<const uint32_t>)>& value, uint64_t stream,
    const BootstrapSettings& settings) {
    require_usable(settings);
    if (n == 0) return std::nullopt;
    std::vector<double> found;
    std::vector<uint32_t> drawn(static_cast<size_t>(n));
    for (int r = 0; r < settings.resamples; ++r) {
        Random random(settings.seed, stream, static_cast<uint64_t>(r));
        for (auto& clip : drawn) clip = random.below(static_cast<uint32_t>(n));
        if (const auto v = value(drawn)) found.push_back(*v);
    }
    if (found.size() * 2 <= static_cast<size_t>(settings.resamples)) return std::nullopt;
    return percentiles(found, settings.coverage);
}

}  // namespace rest::evaluation
