// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/augmentation.h"

#include <algorithm>
#include <array>
#include <span>

#include "core/image/planes.h"
#include "core/training/colour_jitter.h"

namespace rest::training {
namespace {

// Offsets in quarters of the free space left of and above the crop: corners, centre, edge midpoints and the four
// between.
constexpr std::array<std::pair<int, int>, 13> kPlaces = {
    {{0, 0}, {4, 0}, {0, 4}, {4, 4}, {2, 2}, {0, 2}, {4, 2}, {2, 4}, {2, 0}, {1, 1}, {3, 1}, {1, 3}, {3, 3}}};

image::Crop draw_crop(int width, int height, const std::vector<double>& scales, Random& random) {
    std::vector<std::pair<size_t, size_t>> pairs;
    for (size_t i = 0; i < scales.size(); ++i) {
        for (size_t j = 0; j < scales.size(); ++j) {
            if ((i > j ? i - j : j - i) <= 1) pairs.emplace_back(i, j);
        }
    }
    const auto [h, w] = random.pick(pairs);
    const int base = std::min(width, height);
    image::Crop crop;
    crop.width = std::max(1, static_cast<int>(base * scales[w]));
    crop.height = std::max(1, static_cast<int>(base * scales[h]));
    const auto [x, y] = random.pick(kPlaces);
    crop.x = x * ((width - crop.width) / 4);
    crop.y = y * ((height - crop.height) / 4);
    return crop;
}

void change_colours(const ColourPlanes& planes, const AugmentationDraw& draw) {
    for (const int what : draw.colour_order) {
        switch (what) {
            case 0:
                adjust_brightness(planes, draw.brightness);
                break;
            case 1:
                adjust_contrast(planes, draw.contrast);
                break;
            case 2:
                adjust_saturation(planes, draw.saturation);
                break;
            default:
                adjust_hue(planes, draw.hue);
                break;
        }
    }
    if (draw.grey) make_grey(planes);
}

}  // namespace

AugmentationDraw draw_augmentation(int width, int height, const AugmentationSettings& settings, Random& random) {
    AugmentationDraw draw;
    draw.crop = draw_crop(width, height, settings.scales, random);
    draw.flip = random.chance(settings.flip);
    if (random.chance(settings.colour_jitter)) {
        draw.colour_order = {0, 1, 2, 3};
        random.shuffle(std::span(draw.colour_order));
        draw.brightness = random.uniform(1 - settings.brightness, 1 + settings.brightness);
        draw.contrast = random.uniform(1 - settings.contrast, 1 + settings.contrast);
        draw.saturation = random.uniform(1 - settings.saturation, 1 + settings.saturation);
        draw.hue = random.uniform(-settings.hue, settings.hue);
    }
    draw.grey = random.chance(settings.grey);
    return draw;
}

void train_view(const image::Image& frame, const AugmentationDraw& draw, int size, uint8_t* planes) {
    image::to_planes(image::resize_bicubic(frame, draw.crop, size, size), draw.flip, planes);
    const int64_t plane = int64_t{size} * size;
    change_colours({planes, planes + plane, planes + 2 * plane, plane}, draw);
}

}  // namespace rest::training
