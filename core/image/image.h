// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace rest::image {

/// An RGB picture, 8 bits per channel, rows without padding.
struct Image {
    int width = 0;
    int height = 0;
    std::vector<uint8_t> rgb;  // (height, width, 3)

    Image() = default;
    Image(int width_, int height_) : width(width_), height(height_), rgb(static_cast<size_t>(width_) * height_ * 3) {}
    bool empty() const { return rgb.empty(); }
    uint8_t* row(int y) { return rgb.data() + static_cast<size_t>(y) * width * 3; }
    const uint8_t* row(int y) const { return rgb.data() + static_cast<size_t>(y) * width * 3; }
};

}  // namespace rest::image
