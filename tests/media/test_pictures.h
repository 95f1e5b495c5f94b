// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/image/image.h"

namespace rest::test {

/// A smooth coloured scene in which every frame differs: a gradient that drifts and a bright square that moves.
image::Image moving_scene(int width, int height, int frame);
/// Independent random bytes: the hardest picture to resize or compress.
image::Image noise(int width, int height, uint64_t seed);

/// Mean of |a - b| over all values; infinity if the sizes differ.
double mean_difference(const image::Image& a, const image::Image& b);

}  // namespace rest::test
