// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/libtorch.h"

#include <QtTest/QtTest>
#include <algorithm>
#include <cstddef>
#include <vector>

#include "core/kernels/affine.h"
#include "core/kernels/in_place_gradients.h"
#include "core/kernels/pre_norm.h"
#include "tests/support/tensors.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::kernels;
using rest::test::difference;
using torch::Tensor;

class TestPreNorm : public QObject {
    Q_OBJECT

    static Tensor leaf(at::IntArrayRef shape, double scale = 1) {
        return (torch::randn(shape) * scale).requires_grad_(true);
    }

    static Tensor norm_by_torch(const Tensor& x, const NormParameters& norm) {
        return torch::layer_norm(x, {norm.weight.size(0)}, norm.weight, norm.bias, norm.eps);
    }

    /// Of values and of the gradients of a weighted sum, relative to the largest of each.
    static double largest_difference(const Tensor& ours, const Tensor& wanted, const std::vector<Tensor>& inputs) {
        const auto scale = torch::randn(ours.sizes());
        const auto got = torch::autograd::grad({(ours * scale).sum()}, inputs);
        const auto expected = torch::autograd::grad({(wanted * scale).sum()}, inputs, {}, /*retain_graph=*/true);
        double largest = difference(ours, wanted) / wanted.abs().max().item<double>();
        for (size_t i = 0; i < inputs.size(); ++i) {
            largest = std::max(largest, difference(got[i], expected[i]) / expected[i].abs().max().item<double>());
        }
        return largest;
    }

    static void rows() {
        QTest::addColumn<int>("rows");
        for (const int rows : {1, 21, 2048, 2049, 5000}) QTest::addRow("%d rows", rows) << rows;  // a block has 2048
    }

  private Q_SLOTS:
    void init() { torch::manual_seed(8); }

    void affineOfANormEqualsTorch_data() { rows(); }
    void affineOfANormEqualsTorch() {
        QFETCH(int, rows);
        const auto x = leaf({1, rows, 24}, 3);
        const NormParameters norm{leaf({24}), leaf({24}), 1e-5};
        const AffineParameters affine{leaf({40, 24}), leaf({40})};
        QVERIFY(pre_norm_takes(x, norm, affine));
        const auto wanted = torch::linear(norm_by_torch(x, norm), affine.weight, affine.bias);
        const auto ours = normed_affine(x, norm, affine);
        QVERIFY(largest_difference(ours, wanted, {x, norm.weight, norm.bias, affine.weight, affine.bias}) < 1e-5);
    }

    void feedForwardEqualsTorch_data() { rows(); }
    void feedForwardEqualsTorch() {
        QFETCH(int, rows);
        const auto x = leaf({rows, 1, 24});
        const NormParameters norm{leaf({24}), leaf({24}), 1e-6};
        const AffineParameters first{leaf({96, 24}), leaf({96})}, second{leaf({24, 96}), leaf({24})};
        const auto hidden = torch::gelu(torch::linear(norm_by_torch(x, norm), first.weight, first.bias));
        const auto wanted = x + torch::linear(hidden, second.weight, second.bias);
        for (const auto kept : {Kept::input, Kept::input_and_hidden}) {
            const auto ours = pre_norm_feed_forward(x, norm, first, second, kept);
            const std::vector<Tensor> inputs = {x,          norm.weight,   norm.bias,  first.weight,
                                                first.bias, second.weight, second.bias};
            QVERIFY(largest_difference(ours, wanted, inputs) < 1e-5);
        }
    }

    /// Strided as the result of a transposition.
    void inputsNeedNotLieInOrder() {
        const auto base = leaf({7, 24, 3});
        const auto x = base.transpose(1, 2);
        const NormParameters norm{leaf({24}), leaf({24}), 1e-5};
        const AffineParameters affine{leaf({24, 40}).t(), leaf({40})};
        const auto wanted = torch::linear(norm_by_torch(x, norm), affine.weight, affine.bias);
        QVERIFY(largest_difference(normed_affine(x, norm, affine), wanted, {base, norm.weight, affine.bias}) < 1e-5);
    }

    void aGradientThatIsNotWantedIsNotNeeded() {
        const auto x = torch::randn({30, 24});
        const NormParameters norm{leaf({24}), leaf({24}), 1e-5};
        const AffineParameters affine{leaf({40, 24}), leaf({40})};
        normed_affine(x, norm, affine).sum().backward();
        QVERIFY(!x.grad().defined());
        QVERIFY(affine.weight.grad().defined());
    }

    void gradientsAreAddedInPlaceWhereThereIsAPlace() {
        const auto x = torch::randn({30, 24});
        const NormParameters norm{leaf({24}), leaf({24}), 1e-5};
        const AffineParameters first{leaf({96, 24}), leaf({96})}, second{leaf({24, 96}), leaf({24})},
            third{leaf({7, 24}), leaf({7})};
        const auto run = [&] {
            affine(normed_affine(pre_norm_feed_forward(x, norm, first, second), norm, {leaf({24, 24}), leaf({24})}),
                   third.weight, third.bias)
                .pow(2)
                .mean()
                .backward();
        };
        const std::vector<Tensor> weights = {first.weight, second.weight, third.weight};
        torch::manual_seed(1);
        run();
        std::vector<Tensor> wanted;
        std::vector<void*> places;
        for (const auto& weight : weights) {
            wanted.push_back(2 * weight.grad());
            places.push_back(weight.grad().data_ptr());
        }
        torch::manual_seed(1);
        {
            const InPlaceGradients in_place;
            run();
        }
        for (size_t i = 0; i < weights.size(); ++i) {
            QCOMPARE(weights[i].grad().data_ptr(), places[i]);
            QVERIFY(difference(weights[i].grad(), wanted[i]) / wanted[i].abs().max().item<double>() < 1e-5);
        }
    }

    void othersAreLeftToTorch() {
        const NormParameters norm{leaf({24}), leaf({24}), 1e-5};
        const AffineParameters affine{leaf({40, 24}), leaf({40})};
        QVERIFY(!pre_norm_takes(torch::randn({3, 24}, torch::kFloat64), norm, affine));
        QVERIFY(!pre_norm_takes(torch::empty({0, 24}), norm, affine));
        torch::NoGradGuard no_grad;
        QVERIFY(!pre_norm_takes(torch::randn({3, 24}), norm, affine));
    }
};

REST_TEST(TestPreNorm)
#include "test_pre_norm.moc"
