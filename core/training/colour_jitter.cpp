// SPDX-License-Identifier: GPL-3.0-or-later
// Planes instead of interleaved pixels, no branches and no calls in the loops: the compiler vectorises them.
#include "core/training/colour_jitter.h"

#include <algorithm>

#include "core/base/multiversion.h"

namespace rest::training {
namespace {

// Always inlined: the versions for newer processors cannot call code compiled for the oldest.
#define REST_INLINE inline __attribute__((always_inline))

REST_INLINE uint8_t clamp8(float x) {
    return static_cast<uint8_t>(static_cast<int>(std::clamp(x + 0.5f, 0.f, 255.f)));
}

/// ITU-R 601 luma, as in image libraries' greyscale.
REST_INLINE float luma(float r, float g, float b) {
    return 0.299f * r + 0.587f * g + 0.114f * b;
}

REST_INLINE float blend(float value, float towards, float factor) {
    return towards + (value - towards) * factor;
}

REST_INLINE float floor_of(float x) {
    const auto whole = static_cast<float>(static_cast<int>(x));
    return whole - (whole > x ? 1.f : 0.f);
}

/// A channel of a colour at `sextant` (0 to 6) on the colour circle; the channel's own position is `offset` further.
REST_INLINE uint8_t hue_channel(float sextant, float offset, float high, float span) {
    const float far = sextant + offset, wrapped = far - 6;  // exact, so it is fmod(far, 6)
    const float at = far >= 6 ? wrapped : far;
    const float part = std::clamp(std::min(at, 4 - at), 0.f, 1.f);
    return clamp8(high - span * part);
}

REST_MULTIVERSION void brighten(uint8_t* plane, int64_t n, float factor) {
    for (int64_t i = 0; i < n; ++i) plane[i] = clamp8(plane[i] * factor);
}

REST_MULTIVERSION void blend_plane(uint8_t* plane, int64_t n, float towards, float factor) {
    for (int64_t i = 0; i < n; ++i) plane[i] = clamp8(blend(plane[i], towards, factor));
}

/// The sum of all pixels' luma. A luma is a multiple of 2^-27, so up to 2^18 pixels, sums in double are exact in any
/// order.
REST_MULTIVERSION double luma_sum(const uint8_t* __restrict red, const uint8_t* __restrict green,
                                  const uint8_t* __restrict blue, int64_t n) {
    constexpr int64_t lanes = 16;
    double sums[lanes] = {};
    const int64_t whole = n / lanes * lanes;
    for (int64_t i = 0; i < whole; i += lanes) {
        for (int64_t k = 0; k < lanes; ++k) sums[k] += luma(red[i + k], green[i + k], blue[i + k]);
    }
    double sum = 0;
    for (const double part : sums) sum += part;
    for (int64_t i = whole; i < n; ++i) sum += luma(red[i], green[i], blue[i]);
    return sum;
}

REST_MULTIVERSION void saturate(uint8_t* __restrict red, uint8_t* __restrict green, uint8_t* __restrict blue, int64_t n,
                                float factor) {
    for (int64_t i = 0; i < n; ++i) {
        const float r = red[i], g = green[i], b = blue[i];
        const float grey = luma(r, g, b);
        red[i] = clamp8(blend(r, grey, factor));
        green[i] = clamp8(blend(g, grey, factor));
        blue[i] = clamp8(blend(b, grey, factor));
    }
}

/// `shift` in sextants of the circle, less than 2^30.
REST_MULTIVERSION void turn_hue(uint8_t* __restrict red, uint8_t* __restrict green, uint8_t* __restrict blue, int64_t n,
                                float shift) {
    for (int64_t i = 0; i < n; ++i) {
        const float r = red[i], g = green[i], b = blue[i];
        const float high = std::max(std::max(r, g), b), low = std::min(std::min(r, g), b), span = high - low;
        const float after_red = g - b, after_green = b - r, after_blue = r - g;
        const float lead = high == r ? after_red : high == g ? after_green : after_blue;
        const float base = high == r ? 0.f : high == g ? 2.f : 4.f;
        // The hue of grey is undefined: any will do, since its span of 0 leaves every channel unchanged.
        float sextant = base + lead / std::max(span, 1.f);
        sextant += shift;
        sextant -= 6 * floor_of(sextant / 6);
        red[i] = hue_channel(sextant, 5, high, span);
        green[i] = hue_channel(sextant, 3, high, span);
        blue[i] = hue_channel(sextant, 1, high, span);
    }
}

REST_MULTIVERSION void grey_planes(uint8_t* __restrict red, uint8_t* __restrict green, uint8_t* __restrict blue,
                                   int64_t n) {
    for (int64_t i = 0; i < n; ++i) {
        const uint8_t grey = clamp8(luma(red[i], green[i], blue[i]));
        red[i] = grey;
        green[i] = grey;
        blue[i] = grey;
    }
}

}  // namespace

void adjust_brightness(const ColourPlanes& p, double factor) {
    for (auto* plane : {p.red, p.green, p.blue}) brighten(plane, p.pixels, static_cast<float>(factor));
}

void adjust_contrast(const ColourPlanes& p, double factor) {
    if (p.pixels == 0) return;
    const auto mean = static_cast<float>(luma_sum(p.red, p.green, p.blue, p.pixels) / static_cast<double>(p.pixels));
    for (auto* plane : {p.red, p.green, p.blue}) blend_plane(plane, p.pixels, mean, static_cast<float>(factor));
}

void adjust_saturation(const ColourPlanes& p, double factor) {
    saturate(p.red, p.green, p.blue, p.pixels, static_cast<float>(factor));
}

void adjust_hue(const ColourPlanes& p, double turn) {
    turn_hue(p.red, p.green, p.blue, p.pixels, 6 * static_cast<float>(turn));
}

void make_grey(const ColourPlanes& p) {
    grey_planes(p.red, p.green, p.blue, p.pixels);
}

}  // namespace rest::training
