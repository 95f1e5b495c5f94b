// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <algorithm>
#include <set>

#include "core/image/planes.h"
#include "core/training/augmentation.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::training;

namespace {

image::Image gradient(int width, int height) {
    image::Image image(width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            uint8_t* pixel = image.row(y) + 3 * x;
            pixel[0] = static_cast<uint8_t>(x * 255 / width);
            pixel[1] = static_cast<uint8_t>(y * 255 / height);
            pixel[2] = static_cast<uint8_t>((x + y) % 256);
        }
    }
    return image;
}

AugmentationSettings neutral() {
    AugmentationSettings settings;
    settings.scales = {1};
    settings.flip = settings.colour_jitter = settings.grey = 0;
    return settings;
}

}  // namespace

class TestAugmentation : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void cropsAreActionClips() {
        constexpr int kWidth = 340, kHeight = 256;
        std::set<std::pair<int, int>> sizes, places;
        for (uint64_t i = 0; i < 5000; ++i) {
            Random random(i);
            const auto crop = draw_augmentation(kWidth, kHeight, {}, random).crop;
            QVERIFY(crop.x >= 0 && crop.y >= 0 && crop.x + crop.width <= kWidth && crop.y + crop.height <= kHeight);
            sizes.emplace(crop.width, crop.height);
            if (crop.width == 256 && crop.height == 224) places.emplace(crop.x, crop.y);
        }
        // 1, 0.875, 0.75 and 0.66 of 256; width and height at most one scale apart.
        const std::set<std::pair<int, int>> expected = {{256, 256}, {256, 224}, {224, 256}, {224, 224}, {224, 192},
                                                        {192, 224}, {192, 192}, {192, 168}, {168, 192}, {168, 168}};
        QCOMPARE(sizes, expected);
        const std::set<std::pair<int, int>> quarters = {{0, 0},  {84, 0},  {0, 32},  {84, 32}, {42, 16},
                                                        {0, 16}, {84, 16}, {42, 32}, {42, 0},  {21, 8},
                                                        {63, 8}, {21, 24}, {63, 24}};
        QCOMPARE(places, quarters);
    }

    void neutralSettingsOnlyResize() {
        const auto frame = gradient(32, 32);
        Random random(1);
        const auto draw = draw_augmentation(32, 32, neutral(), random);
        std::vector<uint8_t> view(3 * 16 * 16), expected(view.size());
        train_view(frame, draw, 16, view.data());
        image::to_planes(image::resize_bicubic(frame, 16, 16), false, expected.data());
        QCOMPARE(view, expected);
    }

    void aFlipMirrorsEveryRow() {
        auto settings = neutral();
        settings.flip = 1;
        const auto frame = gradient(32, 32);
        Random random(1);
        std::vector<uint8_t> view(3 * 16 * 16), expected(view.size());
        train_view(frame, draw_augmentation(32, 32, settings, random), 16, view.data());
        image::to_planes(image::resize_bicubic(frame, 16, 16), true, expected.data());
        QCOMPARE(view, expected);
    }

    void greyTakesTheColour() {
        auto settings = neutral();
        settings.grey = 1;
        const auto frame = gradient(32, 32);
        Random random(1);
        std::vector<uint8_t> view(3 * 16 * 16);
        train_view(frame, draw_augmentation(32, 32, settings, random), 16, view.data());
        const std::vector<uint8_t> red(view.begin(), view.begin() + 256), green(view.begin() + 256, view.begin() + 512),
            blue(view.begin() + 512, view.end());
        QCOMPARE(green, red);
        QCOMPARE(blue, red);
    }

    // Of 4,000 draws; five deviations of a binomial are at most 0.04.
    void probabilitiesAreThoseAskedFor() {
        constexpr int kDraws = 4000;
        int flips = 0, jitters = 0, greys = 0;
        for (uint64_t i = 0; i < kDraws; ++i) {
            Random random(7, i);
            const auto draw = draw_augmentation(64, 64, {}, random);
            flips += draw.flip;
            greys += draw.grey;
            jitters += !draw.colour_order.empty();
            QVERIFY(draw.brightness >= 0.6 && draw.brightness <= 1.4 && draw.contrast >= 0.6 && draw.contrast <= 1.4);
            QVERIFY(draw.saturation >= 0.8 && draw.saturation <= 1.2 && std::abs(draw.hue) <= 0.1);
        }
        QVERIFY(std::abs(flips - 0.5 * kDraws) < 0.04 * kDraws);
        QVERIFY(std::abs(jitters - 0.8 * kDraws) < 0.04 * kDraws);
        QVERIFY(std::abs(greys - 0.2 * kDraws) < 0.04 * kDraws);
    }

    void tinyFramesHaveACrop() {
        for (uint64_t i = 0; i < 200; ++i) {
            Random random(i);
            const auto crop = draw_augmentation(1, 1, {}, random).crop;
            QCOMPARE(crop.width * crop.height, 1);
            QVERIFY(crop.x == 0 && crop.y == 0);
        }
    }
};

REST_TEST(TestAugmentation)
#include "test_augmentation.moc"
