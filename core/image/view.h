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

/// Bicubic (a = -0.5), antialiased when it shrinks; rounds to whole grey levels after each direction. Equal to Pillow
/// 13's resize bit by bit, in whole numbers like it.
Image resize_bicubic(const Image& image, int width, int height);
/// The same of a part of the picture: what is outside `crop` is not looked at.
Image resize_bicubic(const Image& image, const Crop& crop, int width, int height);

/// Short side brought to `short_side` at most (0: as it is), the other in proportion; never enlarges.
Image limit_short_side(const Image& image, int short_side);

/// The test view: short side to `size`, other side floor(size * long / short), centre crop (size, size).
Image test_view(const Image& image, int size);

}  // namespace rest::image
