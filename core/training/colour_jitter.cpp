// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/colour_jitter.h"

#include <algorithm>
#include <cmath>

namespace rest {
namespace {

uint8_t clamp8(float x) { return static_cast<uint8_t>(std::clamp(x + 0.5f, 0.f, 255.f)); }

/// ITU-R 601 luma, as image libraries' grey.
float luma(const uint8_t* p) { return 0.299f * p[0] + 0.587f * p[1] + 0.114f * p[2]; }

template <class Change>
void for_each_pixel(Image& image, Change change) {
    for (size_t i = 0; i < image.rgb.size(); i += 3) change(image.rgb.data() + i);
}

void blend(uint8_t* p, float towards, float factor) {
    for (int c = 0; c < 3; ++c) p[c] = clamp8(towards + (p[c] - towards) * factor);
}

void turn_hue(uint8_t* p, float turn) {
    const float r = p[0], g = p[1], b = p[2];
    const float high = std::max({r, g, b}), low = std::min({r, g, b}), span = high - low;
    if (span <= 0) return;
    float sextant = high == r ? (g - b) / span : high == g ? 2 + (b - r) / span : 4 + (r - g) / span;
    sextant += 6 * turn;
    sextant -= 6 * std::floor(sextant / 6);
    const auto channel = [&](float offset) {
        const float at = std::fmod(sextant + offset, 6.f);
        const float part = std::clamp(std::min(at, 4 - at), 0.f, 1.f);
        return clamp8(high - span * part);
    };
    p[0] = channel(5);
    p[1] = channel(3);
    p[2] = channel(1);
}

}  // namespace

void adjust_brightness(Image& image, double factor) {
    for (auto& x : image.rgb) x = clamp8(x * static_cast<float>(factor));
}

void adjust_contrast(Image& image, double factor) {
    if (image.empty()) return;
    double sum = 0;
    for_each_pixel(image, [&](const uint8_t* p) { sum += luma(p); });
    const auto mean = static_cast<float>(sum * 3 / static_cast<double>(image.rgb.size()));
    for_each_pixel(image, [&](uint8_t* p) { blend(p, mean, static_cast<float>(factor)); });
}

void adjust_saturation(Image& image, double factor) {
    for_each_pixel(image, [&](uint8_t* p) { blend(p, luma(p), static_cast<float>(factor)); });
}

void adjust_hue(Image& image, double turn) {
    for_each_pixel(image, [&](uint8_t* p) { turn_hue(p, static_cast<float>(turn)); });
}

void make_grey(Image& image) {
    for_each_pixel(image, [](uint8_t* p) { p[0] = p[1] = p[2] = clamp8(luma(p)); });
}

}  // namespace rest
