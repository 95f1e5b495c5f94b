// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/libtorch.h"

#include <QtTest/QtTest>
#include <cstddef>
#include <vector>

#include "core/kernels/temporal_adapter.h"
#include "tests/support/tensors.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::kernels;
using rest::test::difference;

class TestTemporalAdapter : public QObject {
    Q_OBJECT

    /// The definition: class tokens are copied, patches get LibTorch's own convolution added.
    static torch::Tensor by_conv3d(const torch::Tensor& x, int64_t t, int64_t side, const torch::Tensor& w,
                                   const torch::Tensor& b) {
        const int64_t d = x.size(2);
        const auto patches = x.slice(1, 1).reshape({-1, t, side, side, d});
        const auto mixed = torch::conv3d(patches.permute({0, 4, 1, 2, 3}), w, b, 1, 1, 1, d).permute({0, 2, 3, 4, 1});
        return torch::cat({x.slice(1, 0, 1), (patches + mixed).reshape({-1, side * side, d})}, 1);
    }

  private Q_SLOTS:
    void valuesAndGradientsEqualConv3d_data() {
        QTest::addColumn<int>("t");
        QTest::addColumn<int>("side");
        QTest::addColumn<int>("d");
        QTest::newRow("clip, whole vectors") << 8 << 7 << 64;
        QTest::newRow("clip, odd width") << 8 << 4 << 13;
        QTest::newRow("one frame") << 1 << 3 << 45;
        QTest::newRow("two patches a side") << 3 << 2 << 32;
        QTest::newRow("one patch") << 2 << 1 << 16;
    }

    void valuesAndGradientsEqualConv3d() {
        QFETCH(int, t);
        QFETCH(int, side);
        QFETCH(int, d);
        torch::manual_seed(1);
        auto x = torch::randn({2 * t, side * side + 1, d}).requires_grad_(true);
        auto weight = torch::randn({d, 1, 3, 3, 3}).requires_grad_(true);
        auto bias = torch::randn({d}).requires_grad_(true);
        const auto scale = torch::randn(x.sizes());
        const auto ours = adapt_in_time(x, t, weight, bias);
        const auto theirs = by_conv3d(x, t, side, weight, bias);
        QVERIFY(difference(ours, theirs) < 1e-4);
        const auto got = torch::autograd::grad({(ours * scale).sum()}, {x, weight, bias});
        const auto wanted = torch::autograd::grad({(theirs * scale).sum()}, {x, weight, bias});
        for (size_t i = 0; i < 3; ++i) QVERIFY(difference(got[i], wanted[i]) < 1e-4);
    }

    void threadsChangeNoBit() {
        torch::manual_seed(2);
        const auto x = torch::randn({12, 26, 24});
        const auto bias = torch::zeros({24});
        std::vector<torch::Tensor> gradients;
        for (const int threads : {1, 2}) {
            at::set_num_threads(threads);
            auto weight = torch::ones({24, 1, 3, 3, 3}).requires_grad_(true);
            adapt_in_time(x, 4, weight, bias).pow(2).sum().backward();
            gradients.push_back(weight.grad());
        }
        QVERIFY(torch::equal(gradients[0], gradients[1]));
    }
};

REST_TEST(TestTemporalAdapter)
#include "test_temporal_adapter.moc"
