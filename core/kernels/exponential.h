// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstdint>

namespace rest::kernels {

/// e^x for x <= 0 within 2 units in the last place; 0 below the smallest normal float. Written for auto-vectorisation:
/// x = n ln 2 + r, e^r by its series, 2^n by the exponent bits.
inline float exponential(float x) {
    constexpr float kLeast = -87.3f, kLog2E = 1.44269504f, kLn2High = 0.693359375f, kLn2Low = -2.12194440e-4f;
    constexpr float kRound = 12582912.0f;  // 1.5 * 2^23: adding it leaves the nearest integer in the low bits
    const float bounded = x < kLeast ? kLeast : x;
    const float shifted = bounded * kLog2E + kRound;
    const float n = shifted - kRound;
    const float r = bounded - n * kLn2High - n * kLn2Low;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    const float series = p * r * r + r + 1.0f;
    const int32_t exponent = std::bit_cast<int32_t>(shifted) - std::bit_cast<int32_t>(kRound);
    const float power = std::bit_cast<float>((exponent + 127) << 23);
    return x < kLeast ? 0.0f : series * power;
}

}  // namespace rest::kernels
