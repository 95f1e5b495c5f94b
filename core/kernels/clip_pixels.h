// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

namespace rest::kernels {

// BLIP's and CLIP's mean and standard deviation per channel (R, G, B) for pixels in [0, 1].
inline constexpr std::array<float, 3> kPixelMean = {0.48145466f, 0.4578275f, 0.40821073f};
inline constexpr std::array<float, 3> kPixelDeviation = {0.26862954f, 0.26130258f, 0.27577711f};

}  // namespace rest::kernels
