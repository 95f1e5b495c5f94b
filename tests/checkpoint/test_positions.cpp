// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/checkpoint/checkpoint.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::checkpoint;

class TestPositions : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void samePositionsStayAsTheyAre() {
        const auto positions = torch::randn({1, 1 + 9, 5});
        QCOMPARE(interpolate_positions(positions, 48, 16).data_ptr(), positions.data_ptr());
    }

    void positionsOfTheUsualSizes() {
        const auto positions = torch::randn({1, 1 + 24 * 24, 3});
        const auto small = interpolate_positions(positions, 224, 16);
        QVERIFY(small.sizes() == (std::vector<int64_t>{1, 1 + 14 * 14, 3}));
        QVERIFY(torch::equal(small.select(1, 0), positions.select(1, 0)));
        const auto grid = positions.slice(1, 1).transpose(1, 2).reshape({1, 3, 24, 24});
        const auto wanted = at::upsample_bicubic2d(grid, {14, 14}, false);
        QVERIFY(torch::allclose(small.slice(1, 1).transpose(1, 2).reshape({1, 3, 14, 14}), wanted));
        QVERIFY_THROWS_EXCEPTION(Error, interpolate_positions(torch::randn({1, 11, 3}), 224, 16));
        QVERIFY_THROWS_EXCEPTION(Error, interpolate_positions(torch::randn({11, 3}), 224, 16));
        QVERIFY_THROWS_EXCEPTION(Error, interpolate_positions(positions, 8, 16));
    }

    /// 4 x 4 -> 2 x 2 with the cubic convolution kernel (A = -0.75) written out, borders replicated.
    void positionsByHand() {
        constexpr double kA = -0.75;
        const auto kernel = [&](double x) {
            x = std::abs(x);
            if (x <= 1) return (kA + 2) * x * x * x - (kA + 3) * x * x + 1;
            if (x < 2) return kA * x * x * x - 5 * kA * x * x + 8 * kA * x - 4 * kA;
            return 0.0;
        };
        const auto positions = torch::randn({1, 1 + 16, 1}, torch::kFloat64);
        const auto small = interpolate_positions(positions.to(torch::kFloat32), 32, 16);
        const auto at = [&](int64_t y, int64_t x) {
            return positions[0][1 + std::clamp<int64_t>(y, 0, 3) * 4 + std::clamp<int64_t>(x, 0, 3)][0].item<double>();
        };
        for (int64_t row = 0; row < 2; ++row) {
            for (int64_t column = 0; column < 2; ++column) {
                const double y = (row + 0.5) * 2 - 0.5, x = (column + 0.5) * 2 - 0.5;
                double sum = 0;
                for (auto i = static_cast<int64_t>(std::floor(y)) - 1; i <= std::floor(y) + 2; ++i) {
                    for (auto j = static_cast<int64_t>(std::floor(x)) - 1; j <= std::floor(x) + 2; ++j) {
                        sum += kernel(y - i) * kernel(x - j) * at(i, j);
                    }
                }
                QVERIFY(std::abs(small[0][1 + row * 2 + column][0].item<double>() - sum) < 1e-5);
            }
        }
    }
};

REST_TEST(TestPositions)
#include "test_positions.moc"
