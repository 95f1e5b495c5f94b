// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace rest {

/// The dot product of two float vectors of length d, summed in double in a fixed order and rounded once.
///
/// Products of floats are exact in double, so neither the processor nor a fused multiply-add changes the result: equal
/// vectors give bit-identical scores, whereas a matrix product's result may depend on its shape.
inline float exact_dot(const float* a, const float* b, int64_t d) {
    constexpr int kLanes = 16;
    double sums[kLanes] = {};
    int64_t i = 0;
    for (; i + kLanes <= d; i += kLanes) {
        for (int lane = 0; lane < kLanes; ++lane) {
            sums[lane] += static_cast<double>(a[i + lane]) * static_cast<double>(b[i + lane]);
        }
    }
    for (; i < d; ++i) sums[i % kLanes] += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    for (int half = kLanes / 2; half > 0; half /= 2) {
        for (int lane = 0; lane < half; ++lane) sums[lane] += sums[lane + half];
    }
    return static_cast<float>(sums[0]);
}

}  // namespace rest
