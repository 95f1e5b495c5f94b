// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/media/test_pictures.h"

#include <cmath>
#include <cstdlib>
#include <limits>

#include "core/base/random.h"

namespace rest::test {

image::Image moving_scene(int width, int height, int frame) {
    image::Image image(width, height);
    const int side = height / 4;
    const int left = (frame * 5) % (width - side), top = (frame * 3) % (height - side);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            uint8_t* pixel = image.row(y) + 3 * x;
            const bool inside = x >= left && x < left + side && y >= top && y < top + side;
            pixel[0] = static_cast<uint8_t>(inside ? 220 : 40 + 120 * x / width);
            pixel[1] = static_cast<uint8_t>(inside ? 60 : 60 + 120 * y / height);
            pixel[2] = static_cast<uint8_t>(inside ? 40 : 127 + 80 * std::sin(0.15 * frame + 3.0 * x / width));
        }
    }
    return image;
}

image::Image noise(int width, int height, uint64_t seed) {
    image::Image image(width, height);
    Random random(seed);
    for (uint8_t& value : image.rgb) value = static_cast<uint8_t>(random.below(256));
    return image;
}

double mean_difference(const image::Image& a, const image::Image& b) {
    if (a.width != b.width || a.height != b.height) return std::numeric_limits<double>::infinity();
    double sum = 0;
    for (size_t i = 0; i < a.rgb.size(); ++i) sum += std::abs(int{a.rgb[i]} - int{b.rgb[i]});
    return sum / static_cast<double>(a.rgb.size());
}

}  // namespace rest::test
