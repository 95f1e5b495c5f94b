// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/view.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>

#include "core/base/error.h"
#include "core/base/multiversion.h"

namespace rest::image {
namespace {

using Pixel = int32_t __attribute__((vector_size(16)));  // red, green, blue, unused: one register

// Weights are integers in units of 1 / 2^22, as in Pillow: every sum is exact, so all processors and all orders of
// summation give the same bits. No sum overflows: the largest, 255 * 2^22 times the weights' absolute sum, which is
// below 1.3, fits in 31 bits.
constexpr int kFractionBits = 22;
constexpr int32_t kOne = 1 << kFractionBits;
constexpr int32_t kHalf = kOne / 2;  // added before truncation: rounds

/// For each output position, the source positions that contribute to it, and their weights.
struct Taps {
    int most = 0;                 // maximum number of weights per position
    std::vector<int> first;       // (n,)
    std::vector<int> count;       // (n,)
    std::vector<int32_t> weight;  // (n, most)
};

/// Rounds to nearest, ties away from zero.
int32_t to_fixed(double weight) {
    return static_cast<int32_t>(std::copysign(0.5, weight) + weight * kOne);
}

double cubic(double x) {
    constexpr double a = -0.5;
    x = std::abs(x);
    if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
    if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
    return 0;
}

/// Taps of outputs [begin, end) when `in` positions become `out`. Shrinking widens the kernel, which antialiases.
Taps make_taps(int in, int out, int begin, int end) {
    const double scale = static_cast<double>(in) / out;
    const double stretch = std::max(scale, 1.0);
    const double support = 2 * stretch;
    const double shrink = 1 / stretch;  // dividing by `stretch` may round differently from Pillow's multiplication
    Taps taps;
    taps.most = static_cast<int>(std::ceil(support)) * 2 + 1;
    taps.weight.assign(static_cast<size_t>(end - begin) * taps.most, 0);
    std::vector<double> exact(taps.most);
    for (int i = begin; i < end; ++i) {
        const double centre = (i + 0.5) * scale;
        const int low = std::max(static_cast<int>(centre - support + 0.5), 0);
        const int high = std::min(static_cast<int>(centre + support + 0.5), in);
        double sum = 0;
        for (int k = 0; k < high - low; ++k) sum += exact[k] = cubic((low + k - centre + 0.5) * shrink);
        int32_t* weight = &taps.weight[static_cast<size_t>(i - begin) * taps.most];
        for (int k = 0; k < high - low; ++k) weight[k] = to_fixed(exact[k] / sum);
        taps.first.push_back(low);
        taps.count.push_back(high - low);
    }
    return taps;
}

/// `pixels` are the source row; writes 3 bytes per output position.
REST_MULTIVERSION void blend_pixels(const Pixel* pixels, const int* first, const int* count, const int32_t* weight,
                                    int most, int64_t n, uint8_t* out) {
    const Pixel lowest = {0, 0, 0, 0}, highest = {255, 255, 255, 255};
    for (int64_t i = 0; i < n; ++i, out += 3, weight += most) {
        const Pixel* source = pixels + first[i];
        Pixel sum = {kHalf, kHalf, kHalf, kHalf};
        for (int k = 0; k < count[i]; ++k) sum += weight[k] * source[k];
        sum >>= kFractionBits;
        sum = sum < lowest ? lowest : highest < sum ? highest : sum;
        for (int c = 0; c < 3; ++c) out[c] = static_cast<uint8_t>(sum[c]);
    }
}

/// The weighted sum of `count` rows of `size` bytes that lie `stride` apart.
REST_MULTIVERSION void blend_rows(const uint8_t* rows, size_t stride, const int32_t* weight, int count, int size,
                                  uint8_t* out) {
    constexpr int block = 64;  // stays in registers
    for (int x = 0; x < size; x += block) {
        int32_t sum[block];
        const int n = std::min(block, size - x);
        std::fill_n(sum, block, kHalf);
        for (int k = 0; k < count; ++k) {
            const uint8_t* row = rows + k * stride + x;
            const int32_t w = weight[k];
            if (n == block) {
                for (int j = 0; j < block; ++j) sum[j] += w * row[j];
            } else {
                for (int j = 0; j < n; ++j) sum[j] += w * row[j];
            }
        }
        for (int j = 0; j < n; ++j) out[x + j] = static_cast<uint8_t>(std::clamp(sum[j] >> kFractionBits, 0, 255));
    }
}

/// Resizes a row of `pixels` pixels to one pixel per output of `taps`.
void blend_across(const uint8_t* source, int pixels, const Taps& taps, std::vector<Pixel>& scratch, uint8_t* out) {
    for (int x = 0; x < pixels; ++x, source += 3) {
        scratch[x] = Pixel{source[0], source[1], source[2], 0};
    }
    blend_pixels(scratch.data(), taps.first.data(), taps.count.data(), taps.weight.data(), taps.most,
                 std::ssize(taps.first), out);
}

/// Pillow 13 shrinks the height first if that saves more; since intermediate grey levels are rounded, the order
/// matters.
bool rows_come_first(const Crop& crop, int width, int height) {
    return crop.height > height && crop.height - height > 2 * (crop.width - width);
}

/// Resizes `crop` of the picture to `width` x `height` and returns the part `window` of the result.
Image resample(const Image& image, const Crop& crop, int width, int height, const Crop& window) {
    const Taps across = make_taps(crop.width, width, window.x, window.x + window.width);
    const Taps down = make_taps(crop.height, height, window.y, window.y + window.height);
    const auto weights = [&](int y) { return &down.weight[static_cast<size_t>(y) * down.most]; };
    std::vector<Pixel> scratch(crop.width);
    Image result(window.width, window.height);
    if (rows_come_first(crop, width, height)) {
        std::vector<uint8_t> row(static_cast<size_t>(crop.width) * 3);
        const size_t stride = static_cast<size_t>(image.width) * 3;
        for (int y = 0; y < window.height; ++y) {
            const uint8_t* source = image.row(crop.y + down.first[y]) + static_cast<size_t>(crop.x) * 3;
            blend_rows(source, stride, weights(y), down.count[y], crop.width * 3, row.data());
            blend_across(row.data(), crop.width, across, scratch, result.row(y));
        }
        return result;
    }
    const int top = down.first.front();
    const int bottom = down.first.back() + down.count.back();
    Image narrow(window.width, bottom - top);
    for (int y = top; y < bottom; ++y) {
        const uint8_t* source = image.row(crop.y + y) + static_cast<size_t>(crop.x) * 3;
        blend_across(source, crop.width, across, scratch, narrow.row(y - top));
    }
    const size_t stride = static_cast<size_t>(window.width) * 3;
    for (int y = 0; y < window.height; ++y) {
        blend_rows(narrow.row(down.first[y] - top), stride, weights(y), down.count[y], window.width * 3, result.row(y));
    }
    return result;
}

void require_size(const char* what, int width, int height) {
    if (width > 0 && height > 0) return;
    throw Error(ErrorCode::invalid_argument, std::string(what) + " of " + std::to_string(width) + " x " +
                                                 std::to_string(height) + " pixels: both must be above 0");
}

int in_proportion(int side, int64_t numerator, int64_t denominator) {
    return std::max<int>(1, static_cast<int>(side * numerator / denominator));
}

}  // namespace

Image resize_bicubic(const Image& image, int width, int height) {
    return resize_bicubic(image, {0, 0, image.width, image.height}, width, height);
}

Image resize_bicubic(const Image& image, const Crop& crop, int width, int height) {
    require_size("A picture", width, height);
    require_size("A crop", crop.width, crop.height);
    if (crop.x < 0 || crop.y < 0 || crop.x + crop.width > image.width || crop.y + crop.height > image.height) {
        throw Error(ErrorCode::invalid_argument, "A crop leaves its picture of " + std::to_string(image.width) + " x " +
                                                     std::to_string(image.height) + " pixels");
    }
    return resample(image, crop, width, height, {0, 0, width, height});
}

Image limit_short_side(const Image& image, int short_side) {
    const int shorter = std::min(image.width, image.height);
    if (short_side <= 0 || shorter <= short_side) return image;
    const int longer = std::max(image.width, image.height);
    const int other = static_cast<int>((int64_t{longer} * short_side * 2 + shorter) / (int64_t{shorter} * 2));
    return image.width <= image.height ? resize_bicubic(image, short_side, other)
                                       : resize_bicubic(image, other, short_side);
}

Image test_view(const Image& image, int size) {
    require_size("A view", size, size);
    require_size("A picture", image.width, image.height);
    const bool wide = image.width > image.height;
    const int width = wide ? in_proportion(size, image.width, image.height) : size;
    const int height = wide ? size : in_proportion(size, image.height, image.width);
    const Crop centre{(width - size) / 2, (height - size) / 2, size, size};
    return resample(image, {0, 0, image.width, image.height}, width, height, centre);
}

}  // namespace rest::image
