// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/image/planes.h"
#include "core/image/view.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::image;

namespace {

double cubic(double x) {
    x = std::abs(x);
    if (x < 1) return 1.5 * x * x * x - 2.5 * x * x + 1;
    if (x < 2) return -0.5 * x * x * x + 2.5 * x * x - 4 * x + 2;
    return 0;
}

double sample(const Image& image, double x, double y, int c, double stretch_x, double stretch_y) {
    double sum = 0, weights = 0;
    for (int v = 0; v < image.height; ++v) {
        for (int u = 0; u < image.width; ++u) {
            const double w = cubic((u + 0.5 - x) / stretch_x) * cubic((v + 0.5 - y) / stretch_y);
            sum += w * image.row(v)[3 * u + c];
            weights += w;
        }
    }
    return sum / weights;
}

/// The definition, implemented directly and slowly, without rounding between the passes.
void compareWithDefinition(const Image& image, int width, int height) {
    const Image got = resize_bicubic(image, width, height);
    QCOMPARE(got.width, width);
    QCOMPARE(got.height, height);
    const double sx = static_cast<double>(image.width) / width, sy = static_cast<double>(image.height) / height;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            for (int c = 0; c < 3; ++c) {
                const double wanted =
                    sample(image, (x + 0.5) * sx, (y + 0.5) * sy, c, std::max(sx, 1.), std::max(sy, 1.));
                QVERIFY(std::abs(std::clamp(wanted, 0., 255.) - got.row(y)[3 * x + c]) <= 1.6);
            }
        }
    }
}

Image gradient(int width, int height) {
    Image image(width, height);
    Random random(3);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            for (int c = 0; c < 3; ++c) {
                image.row(y)[3 * x + c] = static_cast<uint8_t>(60 + x * (c + 1) + y * (3 - c) + random.below(20));
            }
        }
    }
    return image;
}

Image part(const Image& image, const Crop& crop) {
    Image result(crop.width, crop.height);
    for (int y = 0; y < crop.height; ++y) {
        std::copy_n(image.row(crop.y + y) + 3 * crop.x, 3 * crop.width, result.row(y));
    }
    return result;
}

}  // namespace

class TestView : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void resizeFollowsItsDefinition() {
        const Image image = gradient(29, 23);
        compareWithDefinition(image, 13, 11);
        compareWithDefinition(image, 40, 31);
        compareWithDefinition(image, 50, 7);
        compareWithDefinition(image, 1, 1);
    }

    void theSameSizeIsTheSamePicture() {
        const Image image = gradient(37, 19);
        QVERIFY(resize_bicubic(image, 37, 19).rgb == image.rgb);
    }

    void aCropSeesNothingOutside() {
        const Image image = gradient(40, 33);
        const Crop crop{5, 7, 21, 18};
        QVERIFY(resize_bicubic(image, crop, 12, 30).rgb == resize_bicubic(part(image, crop), 12, 30).rgb);
    }

    void theTestViewIsTheCentreOfTheResizedPicture() {
        const Image wide = gradient(61, 40);  // short side to 24: 36 x 24
        QVERIFY(test_view(wide, 24).rgb == part(resize_bicubic(wide, 36, 24), {6, 0, 24, 24}).rgb);
        const Image tall = gradient(40, 61);
        QVERIFY(test_view(tall, 24).rgb == part(resize_bicubic(tall, 24, 36), {0, 6, 24, 24}).rgb);
    }

    void theShortSideIsLimitedAndNeverEnlarged() {
        const Image image = gradient(60, 40);
        const Image small = limit_short_side(image, 20);
        QCOMPARE(small.width, 30);
        QCOMPARE(small.height, 20);
        QVERIFY(limit_short_side(image, 40).rgb == image.rgb);
        QVERIFY(limit_short_side(image, 100).rgb == image.rgb);
        QVERIFY(limit_short_side(image, 0).rgb == image.rgb);
    }

    void impossibleSizesAreRefused() {
        const Image image = gradient(10, 10);
        QVERIFY_THROWS_EXCEPTION(Error, resize_bicubic(image, 0, 5));
        QVERIFY_THROWS_EXCEPTION(Error, resize_bicubic(image, {5, 5, 6, 2}, 4, 4));
        QVERIFY_THROWS_EXCEPTION(Error, resize_bicubic(image, {-1, 0, 6, 2}, 4, 4));
        QVERIFY_THROWS_EXCEPTION(Error, resize_bicubic(image, {0, 0, 0, 2}, 4, 4));
        QVERIFY_THROWS_EXCEPTION(Error, test_view(Image(), 4));
    }

    void planesHoldEveryPixelOnceMirroredOrNot() {
        for (const int width : {1, 31, 64, 131}) {
            const Image image = gradient(width, 5);
            for (const bool mirrored : {false, true}) {
                std::vector<uint8_t> planes(image.rgb.size());
                to_planes(image, mirrored, planes.data());
                for (int i = 0; i < width * 5; ++i) {
                    const int x = i % width, y = i / width;
                    for (int c = 0; c < 3; ++c) {
                        QCOMPARE(planes[c * width * 5 + i], image.row(y)[3 * (mirrored ? width - 1 - x : x) + c]);
                    }
                }
            }
        }
    }

    void theTestViewIsQuick() {
        const Image image = gradient(340, 256);
        uint8_t kept = 0;
        QBENCHMARK {
            kept ^= test_view(image, 224).rgb[0];
        }
        QVERIFY(kept <= 255);
    }
};

REST_TEST(TestView)
#include "test_view.moc"
