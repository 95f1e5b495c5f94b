// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/random.h"
#include "core/image/image.h"
#include "core/image/view.h"

namespace rest::training {

/// Table 10's augmentation. Neutral values: all probabilities 0 and scales {1}.
struct AugmentationSettings {
    int size = 224;  // side of the view in pixels
    std::vector<double> scales = {1, 0.875, 0.75, 0.66};
    double flip = 0.5;                                                     // probability
    double colour_jitter = 0.8;                                            // probability
    double grey = 0.2;                                                     // probability
    double brightness = 0.4, contrast = 0.4, saturation = 0.2, hue = 0.1;  // jitter strengths
};

/// Drawn once per clip and applied to all of its frames.
struct AugmentationDraw {
    image::Crop crop;
    bool flip = false;
    bool grey = false;
    std::vector<int> colour_order;  // of 0 brightness, 1 contrast, 2 saturation, 3 hue; empty without jitter
    double brightness = 1, contrast = 1, saturation = 1;  // factors
    double hue = 0;                                       // rotation of the colour circle, in [-0.5, 0.5]
};

/// Multi-scale crop as in ActionCLIP: width and height each min(w, h) * scale, at most one scale apart, at 13 fixed
/// positions.
AugmentationDraw draw_augmentation(int width, int height, const AugmentationSettings& settings, Random& random);

/// A frame's augmented view: cropped, resized to (size, size), flipped, colours changed; written as planes (3, size,
/// size) to `planes`. The frame must have the size that the draw was made for. Any thread.
void train_view(const image::Image& frame, const AugmentationDraw& draw, int size, uint8_t* planes);

}  // namespace rest::training
