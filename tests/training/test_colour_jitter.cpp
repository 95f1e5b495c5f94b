// SPDX-License-Identifier: GPL-3.0-or-later
// The loops over planes give the bits of the per-pixel formulas, on whatever processor runs this.
#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "core/training/colour_jitter.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::training;

namespace {

constexpr int64_t kColours = int64_t{1} << 24;

uint8_t clamp8(float x) {
    return static_cast<uint8_t>(std::clamp(x + 0.5f, 0.f, 255.f));
}

float luma(const uint8_t* p) {
    return 0.299f * p[0] + 0.587f * p[1] + 0.114f * p[2];
}

void blend(uint8_t* p, float towards, float factor) {
    for (int c = 0; c < 3; ++c) p[c] = clamp8(towards + (p[c] - towards) * factor);
}

/// The original implementation, with fmod and branches.
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

/// Colour number i, with i below 2^24.
void colour(int64_t i, uint8_t* p) {
    p[0] = static_cast<uint8_t>(i);
    p[1] = static_cast<uint8_t>(i >> 8);
    p[2] = static_cast<uint8_t>(i >> 16);
}

/// A picture of `pixels` colours, `step` apart.
struct Picture {
    explicit Picture(int64_t pixels, int64_t step = 1) : step_(step), red_(pixels), green_(pixels), blue_(pixels) {
        for (int64_t i = 0; i < pixels; ++i) {
            uint8_t p[3];
            colour(i * step_ % kColours, p);
            red_[i] = p[0], green_[i] = p[1], blue_[i] = p[2];
        }
    }

    ColourPlanes planes() { return {red_.data(), green_.data(), blue_.data(), std::ssize(red_)}; }

    /// How many pixels differ from the formula's result for the original colours.
    int64_t wrong(const std::function<void(uint8_t*)>& formula) const {
        int64_t count = 0;
        for (int64_t i = 0; i < std::ssize(red_); ++i) {
            uint8_t p[3];
            colour(i * step_ % kColours, p);
            formula(p);
            count += p[0] != red_[i] || p[1] != green_[i] || p[2] != blue_[i];
        }
        return count;
    }

  private:
    int64_t step_;
    std::vector<uint8_t> red_, green_, blue_;
};

}  // namespace

class TestColourJitter : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void hueOfEveryColour() {
        for (const double turn : {0.0731, -0.1, 0.5}) {
            Picture all(kColours);
            adjust_hue(all.planes(), turn);
            QCOMPARE(all.wrong([&](uint8_t* p) { turn_hue(p, static_cast<float>(turn)); }), int64_t{0});
        }
    }

    void hueByManyTurns() {
        for (int i = -40; i <= 40; ++i) {
            const double turn = i / 80.0 + i * 1e-7;
            Picture some(100003, 165);  // prime: no multiple of any vector's width
            adjust_hue(some.planes(), turn);
            QCOMPARE(some.wrong([&](uint8_t* p) { turn_hue(p, static_cast<float>(turn)); }), int64_t{0});
        }
    }

    void saturationAndGreyOfEveryColour() {
        Picture all(kColours);
        adjust_saturation(all.planes(), 1.1873);
        QCOMPARE(all.wrong([](uint8_t* p) { blend(p, luma(p), 1.1873f); }), int64_t{0});
        Picture grey(kColours);
        make_grey(grey.planes());
        QCOMPARE(grey.wrong([](uint8_t* p) { p[0] = p[1] = p[2] = clamp8(luma(p)); }), int64_t{0});
    }

    void brightnessOfEveryLevel() {
        for (const float factor : {0.6123f, 1.3999f}) {
            Picture some(4099, 4093);
            adjust_brightness(some.planes(), factor);
            const auto brighter = [&](uint8_t* p) {
                std::transform(p, p + 3, p, [&](uint8_t x) { return clamp8(x * factor); });
            };
            QCOMPARE(some.wrong(brighter), int64_t{0});
        }
    }

    void contrastIsAboutTheMeanInWhateverOrderItIsSummed() {
        for (const int64_t pixels : {int64_t{1}, int64_t{37}, int64_t{224 * 224}, int64_t{384 * 384 + 5}}) {
            Picture some(pixels, 163);
            double sum = 0;
            for (int64_t i = 0; i < pixels; ++i) {
                uint8_t p[3];
                colour(i * 163 % kColours, p);
                sum += luma(p);
            }
            const auto mean = static_cast<float>(sum / static_cast<double>(pixels));
            adjust_contrast(some.planes(), 1.2917);
            QCOMPARE(some.wrong([&](uint8_t* p) { blend(p, mean, 1.2917f); }), int64_t{0});
        }
    }

    void neutralValuesChangeNothing() {
        Picture some(70001, 239);
        adjust_brightness(some.planes(), 1);
        adjust_contrast(some.planes(), 1);
        adjust_saturation(some.planes(), 1);
        adjust_hue(some.planes(), 0);
        QCOMPARE(some.wrong([](uint8_t*) {}), int64_t{0});
        adjust_contrast({}, 2);  // no pixels, no mean
    }
};

REST_TEST(TestColourJitter)
#include "test_colour_jitter.moc"
