// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace rest::training {

/// A picture as one 8-bit plane per channel; the planes do not overlap. The memory is not owned.
struct ColourPlanes {
    uint8_t* red = nullptr;
    uint8_t* green = nullptr;
    uint8_t* blue = nullptr;
    int64_t pixels = 0;  // per plane
};

// Each works in place, clamps to [0, 255], and leaves the picture unchanged at its neutral value: factor 1, turn 0. Any
// thread. Results are bit-identical on every processor: the loops are compiled for several, without fused multiply-add.
void adjust_brightness(const ColourPlanes& planes, double factor);
void adjust_contrast(const ColourPlanes& planes, double factor);    // towards the picture's mean grey
void adjust_saturation(const ColourPlanes& planes, double factor);  // towards each pixel's grey
void adjust_hue(const ColourPlanes& planes, double turn);           // around the colour circle, 1 is a full turn
void make_grey(const ColourPlanes& planes);

}  // namespace rest::training
