// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/libtorch.h"

#include <QtTest/QtTest>
#include <cstddef>
#include <vector>

#include "core/kernels/affine.h"
#include "core/kernels/gelu.h"
#include "tests/support/tensors.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::kernels;
using rest::test::difference;

class TestAffine : public QObject {
    Q_OBJECT

    static torch::Tensor by_torch(const torch::Tensor& x, const torch::Tensor& w, const torch::Tensor& b,
                                  Activation activation, const torch::Tensor& residual) {
        auto y = torch::linear(x, w, b);
        if (activation == Activation::gelu) y = torch::gelu(y);
        if (activation == Activation::quick_gelu) y = y * torch::sigmoid(1.702 * y);
        return residual.defined() ? y + residual : y;
    }

  private Q_SLOTS:
    void initTestCase() { torch::manual_seed(4); }

    void everyCombinationEqualsTorch_data() {
        QTest::addColumn<int>("activation");
        QTest::addColumn<bool>("biased");
        QTest::addColumn<bool>("residual");
        const char* names[] = {"none", "gelu", "quick gelu"};
        for (int activation = 0; activation < 3; ++activation) {
            for (const bool biased : {false, true}) {
                for (const bool residual : {false, true}) {
                    QTest::addRow("%s%s%s", names[activation], biased ? ", bias" : "", residual ? ", residual" : "")
                        << activation << biased << residual;
                }
            }
        }
    }

    void everyCombinationEqualsTorch() {
        QFETCH(int, activation);
        QFETCH(bool, biased);
        QFETCH(bool, residual);
        const auto kind = static_cast<Activation>(activation);
        auto x = torch::randn({3, 7, 40}).requires_grad_(true), w = torch::randn({24, 40}).requires_grad_(true);
        auto b = biased ? torch::randn({24}).requires_grad_(true) : torch::Tensor();
        auto r = residual ? torch::randn({3, 7, 24}).requires_grad_(true) : torch::Tensor();
        const auto ours = affine(x, w, b, {.activation = kind, .residual = r});
        const auto wanted = by_torch(x, w, b, kind, r);
        QVERIFY(difference(ours, wanted) < 1e-4);
        std::vector<torch::Tensor> inputs = {x, w};
        for (const auto& input : {b, r}) {
            if (input.defined()) inputs.push_back(input);
        }
        const auto scale = torch::randn({3, 7, 24});
        const auto got = torch::autograd::grad({(ours * scale).sum()}, inputs);
        const auto expected = torch::autograd::grad({(wanted * scale).sum()}, inputs);
        for (size_t i = 0; i < inputs.size(); ++i) QVERIFY(difference(got[i], expected[i]) < 1e-4);

        torch::NoGradGuard no_grad;
        QVERIFY(difference(affine(x, w, b, {.activation = kind, .residual = r}), wanted) < 1e-4);
        const auto packed = PackedWeight::pack(w, 21);
        QVERIFY(difference(affine(x, w, b, {.activation = kind, .residual = r, .packed = packed.get()}), wanted) <
                1e-4);
    }

    /// A weight packed for one number of rows works for others: beams finish, videos leave the batch.
    void packedWeightsServeAnyNumberOfRows() {
        torch::NoGradGuard no_grad;
        const auto w = torch::randn({96, 64}), b = torch::randn({96});
        const auto packed = PackedWeight::pack(w, 48);
        for (const int64_t rows : {1, 2, 3, 16, 48, 49, 500}) {
            const auto x = torch::randn({rows, 64});
            QVERIFY(difference(affine(x, w, b, {.packed = packed.get()}), torch::linear(x, w, b)) < 1e-4);
        }
    }

    void frozenInputsAndStridedOnes() {
        const auto base = torch::randn({5, 2, 16});
        const auto x = base.select(1, 1);
        auto w = torch::randn({8, 16}).requires_grad_(true);
        const auto y = affine(x, w, {});
        QVERIFY(difference(y, torch::linear(x, w)) < 1e-5);
        y.sum().backward();
        QVERIFY(difference(w.grad(), x.sum(0).expand({8, 16})) < 1e-5);
    }

    void geluAndItsGradientOverAllSizesOfNumbers() {
        auto x = torch::cat(
            {torch::linspace(-12, 12, 100003), torch::tensor({0.0f, -0.0f, 1e-30f, -1e-30f, 1e10f, -1e10f})});
        x.requires_grad_(true);
        const auto ours = rest::kernels::gelu(x);
        const auto exact = x.detach().to(torch::kFloat64).requires_grad_(true);
        const auto wanted = torch::gelu(exact);
        QVERIFY(difference(ours, wanted) < 1e-6);
        const auto scale = torch::randn(x.sizes());
        const auto got = torch::autograd::grad({(ours * scale).sum()}, {x})[0];
        const auto expected = torch::autograd::grad({(wanted * scale).sum()}, {exact})[0];
        QVERIFY(difference(got, expected) < 3e-6);
    }

    void otherTypesGoToTorch() {
        torch::NoGradGuard no_grad;
        const auto x = torch::randn({4, 6}, torch::kFloat64), w = torch::randn({3, 6}, torch::kFloat64);
        QVERIFY(torch::equal(affine(x, w, {}), torch::linear(x, w)));
        QVERIFY(affine(torch::empty({0, 6}), w.to(torch::kFloat32), {}).sizes() == torch::IntArrayRef({0, 3}));
    }
};

REST_TEST(TestAffine)
#include "test_affine.moc"
