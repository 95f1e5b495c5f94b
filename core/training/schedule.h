// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace rest::training {

/// Cosine decay from `initial` at step 0 to `minimal` at step `total` and after it, updated at every step.
struct CosineSchedule {
    double initial = 2e-5;
    double minimal = 2e-8;
    int64_t total = 1;

    double at(int64_t step) const {
        const double part = std::min(1.0, static_cast<double>(step) / static_cast<double>(total));
        return minimal + 0.5 * (initial - minimal) * (1 + std::cos(std::numbers::pi * part));
    }
};

}  // namespace rest::training
