// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/augmentation.h"

#include <algorithm>
#include <array>

#include "core/training/colour_jitter.h"

namespace rest {
namespace {

// Quarters of the room left and above the crop: corners, middle, mid-edges and the four between.
constexpr std::array<std::pair<int, int>, 13> kPlaces = {{{0, 0}, {4, 0}, {0, 4}, {4, 4}, {2, 2}, {0, 2}, {4, 2},
                                                          {2, 4}, {2, 0}, {1, 1}, {3, 1}, {1, 3}, {3, 3}}};

Crop draw_crop(int width, int height, const std::vector<double>& scales, Random& random) {
    std::vector<std::pair<size_t, size_t>> pairs;
    for (size_t i = 0; i < scales.size(); ++i) {
        for (size_t j = 0; j < scales.size(); ++j) {
            if ((i > j ? i - j : j - i) <= 1) pairs.emplace_back(i, j);
        }
    }
    const auto [h, w] = random.pick(pairs);
    const int base = std::min(width, height);
    Crop crop;
    crop.width = std::max(1, static_cast<int>(base * scales[w]));
    crop.height = std::max(1, static_cast<int>(base * scales[h]));
    const auto [x, y] = random.pick(kPlaces);
    crop.x = x * ((width - crop.width) / 4);
    crop.y = y * ((height - crop.height) / 4);
    return crop;
}

void flip_rows(Image& image) {
    for (int y = 0; y < image.height; ++y) {
        uint8_t* row = image.row(y);
        for (int a = 0, b = image.width - 1; a < b; ++a, --b) std::swap_ranges(row + 3 * a, row + 3 * a + 3, row + 3 * b);
    }
}

void change_colours(Image& image, const AugmentationDraw& draw) {
    for (const int what : draw.colour_order) {
        switch (what) {
            case 0: adjust_brightness(image, draw.brightness); break;
            case 1: adjust_contrast(image, draw.contrast); break;
            case 2: adjust_saturation(image, draw.saturation); break;
            default: adjust_hue(image, draw.hue); break;
        }
    }
    if (draw.grey) make_grey(image);
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

std::vector<Image> train_view(std::span<const Image> frames, const AugmentationDraw& draw, int size) {
    std::vector<Image> views;
    for (const auto& frame : frames) {
        auto view = resize_bicubic(frame, draw.crop, size, size);
        if (draw.flip) flip_rows(view);
        change_colours(view, draw);
        views.push_back(std::move(view));
    }
    return views;
}

}  // namespace rest
