// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/media/image.h"

namespace rest {

/// Each works in place, clamps to [0, 255], and leaves the picture as it is at its neutral value: factor 1, turn 0.
void adjust_brightness(Image& image, double factor);
void adjust_contrast(Image& image, double factor);    // towards the picture's mean grey
void adjust_saturation(Image& image, double factor);  // towards each pixel's grey
void adjust_hue(Image& image, double turn);           // around the colour circle, 1 is a full turn
void make_grey(Image& image);

}  // namespace rest
