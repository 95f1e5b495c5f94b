// SPDX-License-Identifier: GPL-3.0-or-later
// core/kernels/cuda/norm.cu and gelu.cu on ordinary threads, against the definitions in double.
#include "tests/support/cuda_emulation.h"

#include "core/kernels/cuda/gelu.cu"
// GCC does not recognise that both loops visit the same columns.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#include "core/kernels/cuda/norm.cu"
#pragma GCC diagnostic pop
#include "tests/support/test_program.h"

#include <QtTest>
#include <random>

using namespace rest::kernels::cuda;

namespace {

std::vector<__nv_bfloat16> drawn(size_t count, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<float> normal(0.5f, 1);
    std::vector<__nv_bfloat16> out(count);
    for (auto& v : out) v = __float2bfloat16_rn(normal(random));
    return out;
}

std::vector<float> weights(size_t count, unsigned seed) {
    std::vector<float> out;
    for (const auto v : drawn(count, seed)) out.push_back(__bfloat162float(v));
    return out;
}

struct Row {
    double mean = 0, rstd = 0;
    Row(const __nv_bfloat16* x, int64_t d, double eps) {
        for (int64_t i = 0; i < d; ++i) mean += __bfloat162float(x[i]) / static_cast<double>(d);
        for (int64_t i = 0; i < d; ++i) rstd += std::pow(__bfloat162float(x[i]) - mean, 2) / static_cast<double>(d);
        rstd = 1 / std::sqrt(rstd + eps);
    }
    double normed(__nv_bfloat16 v) const { return (__bfloat162float(v) - mean) * rstd; }
};

bool near(double got, double wanted, double tolerance) {
    return std::abs(got - wanted) <= tolerance * std::max(1.0, std::abs(wanted));
}

constexpr float kEps = 1e-5f;
constexpr double kHalf = 4e-3;  // bfloat16's own precision

template <int kChunks>
void compare(int64_t rows, int64_t d, bool with_extra) {
    const NormSize size{rows, d};
    const auto x = drawn(rows * d, 1), g = drawn(rows * d, 3), extra = drawn(rows * d, 4);
    const auto w = weights(d, 5), b = weights(d, 6);
    std::vector<__nv_bfloat16> y(x.size()), grad(x.size());
    std::vector<float> mean(rows), rstd(rows), scratch(norm_scratch(size), NAN), of_w(d, 1.f), of_b(d, 1.f);
    const NormForward n{x.data(), w.data(), b.data(), kEps, y.data(), mean.data(), rstd.data()};
    emulation::launch({2}, kThreads, [&] { forward<kChunks>(size, n); });
    const int blocks = blocks_of(size);
    const NormBackward back{x.data(),    g.data(),       with_extra ? extra.data() : nullptr,
                            w.data(),    mean.data(),    rstd.data(),
                            grad.data(), scratch.data(), of_w.data(),
                            of_b.data()};
    emulation::launch({static_cast<unsigned>(blocks)}, kThreads, [&] { backward<kChunks>(size, back); });
    emulation::launch({static_cast<unsigned>(blocks_for(2 * d, kWarpSize))}, kThreads,
                      [&] { add_blocks(scratch.data(), blocks, static_cast<int>(d), of_w.data(), of_b.data()); });
    std::vector<double> wanted_w(d, 1), wanted_b(d, 1);
    for (int64_t r = 0; r < rows; ++r) {
        const auto* s = x.data() + r * d;
        const Row row(s, d, kEps);
        double total = 0, along = 0;
        for (int64_t i = 0; i < d; ++i) {
            QVERIFY(near(__bfloat162float(y[r * d + i]), row.normed(s[i]) * w[i] + b[i], kHalf));
            const double gradient = __bfloat162float(g[r * d + i]);
            wanted_w[i] += gradient * row.normed(s[i]);
            wanted_b[i] += gradient;
            total += gradient * w[i] / static_cast<double>(d);
            along += gradient * w[i] * row.normed(s[i]) / static_cast<double>(d);
        }
        for (int64_t i = 0; i < d; ++i) {
            double wanted = row.rstd * (__bfloat162float(g[r * d + i]) * w[i] - total - row.normed(s[i]) * along);
            if (with_extra) wanted += __bfloat162float(extra[r * d + i]);
            QVERIFY(near(__bfloat162float(grad[r * d + i]), wanted, kHalf));
        }
    }
    for (int64_t i = 0; i < d; ++i) {
        QVERIFY(near(of_w[i], wanted_w[i], 1e-4));
        QVERIFY(near(of_b[i], wanted_b[i], 1e-4));
    }
}

}  // namespace

class TestCudaNorm : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void equalsTheDefinition() {
        compare<3>(21, 768, true);  // more rows than warps in two blocks
        compare<1>(5, 40, false);   // lanes without values
        compare<2>(3, 512, true);
    }
    void gelusGradientAndItsBiass() {
        const GeluSize size{19, 1032};  // more columns than a block has
        const auto u = drawn(size.rows * size.columns, 1), before = drawn(size.rows * size.columns, 2);
        auto g = before;
        constexpr unsigned kRowBlocks = 4;
        std::vector<float> scratch(kRowBlocks * size.columns, NAN), of_bias(size.columns, 1.f);
        emulation::launch({2, kRowBlocks}, kGeluThreads, [&] { scale(size, u.data(), g.data(), scratch.data()); });
        emulation::launch({5}, 256, [&] { add_row_blocks(scratch.data(), kRowBlocks, size.columns, of_bias.data()); });
        std::vector<double> wanted_bias(size.columns, 1);
        for (int64_t i = 0; i < size.rows * size.columns; ++i) {
            const double x = __bfloat162float(u[i]);
            const double slope =
                0.5 * (1 + std::erf(x / std::sqrt(2.0))) + x * std::exp(-x * x / 2) / std::sqrt(2 * 3.14159265358979);
            const double wanted = slope * __bfloat162float(before[i]);
            QVERIFY(std::abs(__bfloat162float(g[i]) - wanted) <=
                    2e-3 * std::max(1.0, static_cast<double>(std::abs(__bfloat162float(before[i])))) +
                        kHalf * std::abs(wanted));
            wanted_bias[i % size.columns] += wanted;
        }
        for (int64_t i = 0; i < size.columns; ++i) QVERIFY(near(of_bias[i], wanted_bias[i], 1e-2));
    }
    void whatItTakes() {
        QVERIFY(norm_takes(768) && norm_takes(1024) && norm_takes(64));
        QVERIFY(!norm_takes(0) && !norm_takes(100) && !norm_takes(4096));
    }
};

REST_TEST(TestCudaNorm)
#include "test_cuda_norm.moc"
