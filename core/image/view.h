// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

namespace rest::image {

/// A rectangle in pixels of the source picture.
struct Crop {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
};

/// Bicubic (a = -0.5), antialiased when shrinking; rounds to integer grey levels after each direction. Bit-identical to
/// Pillow 13's resize, with integer arithmetic like it.
Image resize_bicubic(const Image& image, int width, int height);
/// The same for a part of the picture: pixels outside `crop` are ignored.
Image resize_bicubic(const Image& image, const Crop& crop, int width, int height);

/// Short side reduced to at most `short_side` (0: unchanged), the other in proportion; never enlarges.
Image limit_short_side(const Image& image, int short_side);

/// The test view: short side resized to `size`, other side to floor(size * long / short), centre crop (size, size).
Image test_view(const Image& image, int size);

}  // namespace rest::image
