// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/media/picture_file.h"
#include "core/image/view.h"
#include "tests/support/reference.h"
#include "tests/support/tensor_file.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::image;
using namespace rest::image;
using namespace rest::media;
using rest::test::FloatTensor;

class TestViewGolden : public QObject {
    Q_OBJECT

  private:
    /// Compares (3, size, size), normalised as the public image processors do, with a view of ours.
    static void compare(const Image& view, const FloatTensor& wanted, const std::string& name) {
        constexpr std::array mean{0.48145466, 0.4578275, 0.40821073};
        constexpr std::array deviation{0.26862954, 0.26130258, 0.27577711};
        QCOMPARE(wanted.shape, (std::vector<int64_t>{3, view.height, view.width}));
        double worst = 0, sum = 0;
        size_t at = 0;
        for (int c = 0; c < 3; ++c) {
            for (int y = 0; y < view.height; ++y) {
                for (int x = 0; x < view.width; ++x, ++at) {
                    const double got = (view.row(y)[3 * x + c] / 255.0 - mean[c]) / deviation[c];
                    const double difference = std::abs(got - wanted.values[at]);
                    worst = std::max(worst, difference);
                    sum += difference;
                }
            }
        }
        const double average = sum / static_cast<double>(at);
        qInfo("%s: worst %.5f, average %.7f", name.c_str(), worst, average);
        QVERIFY2(worst <= 0.03, name.c_str());
        QVERIFY2(average <= 0.005, name.c_str());
    }

  private Q_SLOTS:
    void viewsEqualPillows() {
        REST_REFERENCE_OR_SKIP(folder, "golden/media");
        const auto tensors = test::read_tensor_file(folder / "preprocessed.safetensors");
        QVERIFY(!tensors.empty());
        for (const auto& [name, wanted] : tensors) {
            const size_t dot = name.rfind('.');
            const Image picture = read_png(folder / (name.substr(0, dot) + ".png"));
            const bool clip = name.compare(dot + 1, 4, "clip") == 0;
            const int size = static_cast<int>(wanted.shape.at(1));
            compare(clip ? test_view(picture, size) : resize_bicubic(picture, size, size), wanted, name);
            if (QTest::currentTestFailed()) return;
        }
    }
};

REST_TEST(TestViewGolden)
#include "test_view_golden.moc"
