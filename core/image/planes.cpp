// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/planes.h"

#include "core/base/multiversion.h"

namespace rest::image {
namespace {

REST_MULTIVERSION void split(const uint8_t* __restrict row, int64_t n, uint8_t* __restrict red,
                             uint8_t* __restrict green, uint8_t* __restrict blue) {
    for (int64_t i = 0; i < n; ++i) {
        red[i] = row[3 * i];
        green[i] = row[3 * i + 1];
        blue[i] = row[3 * i + 2];
    }
}

REST_MULTIVERSION void reverse(const uint8_t* __restrict from, int64_t n, uint8_t* __restrict to) {
    for (int64_t i = 0; i < n; ++i) to[i] = from[n - 1 - i];
}

}  // namespace

void to_planes(const Image& image, bool mirrored, uint8_t* planes) {
    const int64_t width = image.width, plane = width * image.height;
    if (!mirrored) {
        split(image.rgb.data(), plane, planes, planes + plane, planes + 2 * plane);
        return;
    }
    std::vector<uint8_t> row(static_cast<size_t>(3 * width));
    for (int y = 0; y < image.height; ++y) {
        split(image.row(y), width, row.data(), row.data() + width, row.data() + 2 * width);
        for (int64_t c = 0; c < 3; ++c) reverse(row.data() + c * width, width, planes + c * plane + y * width);
    }
}

}  // namespace rest::image
