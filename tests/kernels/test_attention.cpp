// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/libtorch.h"

#include <QtTest/QtTest>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "core/kernels/attention.h"
#include "tests/support/tensors.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::kernels;
using rest::test::difference;

class TestAttention : public QObject {
    Q_OBJECT

    static torch::Tensor by_definition(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v,
                                       const torch::Tensor& mask) {
        auto scores = torch::matmul(q, k.transpose(-1, -2)) / std::sqrt(static_cast<double>(q.size(-1)));
        if (mask.defined()) scores = scores + mask;
        return torch::matmul(torch::softmax(scores, -1), v);
    }

    static torch::Tensor causal(int64_t n, int64_t m) {
        return torch::full({n, m}, -std::numeric_limits<float>::infinity()).triu(m - n + 1);
    }

  private Q_SLOTS:
    void initTestCase() { torch::manual_seed(3); }

    void valuesAndGradientsEqualTheDefinition_data() {
        QTest::addColumn<int>("n");
        QTest::addColumn<int>("m");
        QTest::addColumn<int>("c");
        QTest::addColumn<bool>("masked");
        QTest::newRow("one token") << 1 << 1 << 64 << false;
        QTest::newRow("one query of a cache") << 1 << 19 << 64 << false;
        QTest::newRow("beams at the video") << 3 << 197 << 64 << false;
        QTest::newRow("a frame's tokens, two blocks") << 197 << 197 << 64 << false;
        QTest::newRow("narrow heads") << 10 << 7 << 5 << false;
        QTest::newRow("a caption, causal") << 17 << 17 << 16 << true;
        QTest::newRow("causal, three blocks") << 300 << 300 << 16 << true;
    }

    void valuesAndGradientsEqualTheDefinition() {
        QFETCH(int, n);
        QFETCH(int, m);
        QFETCH(int, c);
        QFETCH(bool, masked);
        const auto mask = masked ? causal(n, m) : torch::Tensor();
        std::vector<torch::Tensor> inputs = {2 * torch::randn({2, 3, n, c}), 2 * torch::randn({2, 3, m, c}),
                                             torch::randn({2, 3, m, c})};
        for (auto& x : inputs) x.requires_grad_(true);
        const auto scale = torch::randn({2, 3, n, c});
        const auto ours = attention(inputs[0], inputs[1], inputs[2], mask);
        const auto wanted = by_definition(inputs[0], inputs[1], inputs[2], mask);
        QVERIFY(difference(ours, wanted) < 2e-5);
        const auto got = torch::autograd::grad({(ours * scale).sum()}, inputs);
        const auto expected = torch::autograd::grad({(wanted * scale).sum()}, inputs);
        for (size_t i = 0; i < 3; ++i) QVERIFY(difference(got[i], expected[i]) < 1e-4);
        torch::NoGradGuard no_grad;
        QVERIFY(torch::equal(attention(inputs[0], inputs[1], inputs[2], mask), ours));
    }

    /// Laid out as in the models: heads are slices of one fused projection.
    void stridedInputsNeedNoCopy() {
        const auto qkv = torch::randn({2, 9, 3, 4, 8}).requires_grad_(true);
        const auto parts = qkv.permute({2, 0, 3, 1, 4}).unbind(0);
        const auto ours = attention(parts[0], parts[1], parts[2]);
        const auto wanted = by_definition(parts[0], parts[1], parts[2], {});
        QVERIFY(difference(ours, wanted) < 2e-5);
        QVERIFY(ours.transpose(1, 2).is_contiguous());
        const auto got = torch::autograd::grad({ours.pow(2).sum()}, {qkv})[0];
        QVERIFY(difference(got, torch::autograd::grad({wanted.pow(2).sum()}, {qkv})[0]) < 1e-4);
    }

    void scoresFarApartStayFinite() {
        const auto q = torch::full({1, 1, 2, 4}, 100.0f), v = torch::randn({1, 1, 3, 4});
        const auto k = torch::tensor({100.0f, 0.0f, -100.0f}).view({1, 1, 3, 1}).expand({1, 1, 3, 4}).contiguous();
        const auto out = attention(q, k, v);
        QVERIFY(torch::equal(out.select(2, 0), v.select(2, 0)));
    }

    void threadsChangeNoBit() {
        std::vector<torch::Tensor> results;
        const auto x = torch::randn({3, 5, 200, 16});
        for (const int threads : {1, 2}) {
            at::set_num_threads(threads);
            auto q = x.clone().requires_grad_(true);
            const auto out = attention(q, x, x);
            results.push_back(torch::cat({out, torch::autograd::grad({out.pow(2).sum()}, {q})[0]}));
        }
        QVERIFY(torch::equal(results[0], results[1]));
    }
};

REST_TEST(TestAttention)
#include "test_attention.moc"
