// SPDX-License-Identifier: GPL-3.0-or-later
#include <torch/torch.h>

#include <QtTest/QtTest>

#include "core/model/depthwise3d.h"
#include "tests/support/tensors.h"

using namespace rest;
using rest::test::difference;

class TestDepthwise3d : public QObject {
    Q_OBJECT

    static torch::Tensor by_conv3d(const torch::Tensor& x, const torch::Tensor& w, const torch::Tensor& b) {
        return torch::conv3d(x.permute({0, 4, 1, 2, 3}), w, b, 1, 1, 1, w.size(0)).permute({0, 2, 3, 4, 1});
    }

 private Q_SLOTS:
    void valuesAndGradientsEqualConv3d_data() {
        QTest::addColumn<int>("t");
        QTest::addColumn<int>("h");
        QTest::addColumn<int>("w");
        QTest::newRow("clip") << 8 << 4 << 4;
        QTest::newRow("one frame") << 1 << 3 << 5;
        QTest::newRow("one patch") << 2 << 1 << 1;
    }

    void valuesAndGradientsEqualConv3d() {
        QFETCH(int, t);
        QFETCH(int, h);
        QFETCH(int, w);
        torch::manual_seed(1);
        const int64_t d = 13;
        auto x = torch::randn({2, t, h, w, d}).requires_grad_(true);
        auto weight = torch::randn({d, 1, 3, 3, 3}).requires_grad_(true);
        auto bias = torch::randn({d}).requires_grad_(true);
        const auto scale = torch::randn({2, t, h, w, d});
        const auto ours = depthwise3d(x, weight, bias);
        const auto theirs = by_conv3d(x, weight, bias);
        QVERIFY(difference(ours, theirs) < 1e-4);
        const auto got = torch::autograd::grad({(ours * scale).sum()}, {x, weight, bias});
        const auto wanted = torch::autograd::grad({(theirs * scale).sum()}, {x, weight, bias});
        for (size_t i = 0; i < 3; ++i) QVERIFY(difference(got[i], wanted[i]) < 1e-4);
    }

    void threadsChangeNoBit() {
        torch::manual_seed(2);
        const auto x = torch::randn({3, 4, 5, 5, 24});
        const auto bias = torch::zeros({24});
        std::vector<torch::Tensor> gradients;
        for (const int threads : {1, 2}) {
            at::set_num_threads(threads);
            auto weight = torch::ones({24, 1, 3, 3, 3}).requires_grad_(true);
            depthwise3d(x, weight, bias).pow(2).sum().backward();
            gradients.push_back(weight.grad());
        }
        QVERIFY(torch::equal(gradients[0], gradients[1]));
    }
};

QTEST_GUILESS_MAIN(TestDepthwise3d)
#include "test_depthwise3d.moc"
