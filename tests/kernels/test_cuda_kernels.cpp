// SPDX-License-Identifier: GPL-3.0-or-later
// The kernels of core/kernels/cuda on ordinary threads, against the definitions in double.
#include "tests/support/cuda_emulation.h"

#include "core/kernels/cuda/adamw.cu"
#include "core/kernels/cuda/adapter3d.cu"
#include "core/kernels/cuda/patches.cu"
#include "tests/support/test_program.h"

#include <QtTest>
#include <random>

using namespace rest::kernels::cuda;

namespace {

template <class T>
T number(float f) {
    if constexpr (std::is_same_v<T, float>)
        return f;
    else
        return __float2bfloat16_rn(f);
}
template <class T>
float value(T v) {
    if constexpr (std::is_same_v<T, float>)
        return v;
    else
        return __bfloat162float(v);
}

template <class T>
std::vector<T> drawn(size_t count, unsigned seed, float scale = 1) {
    std::mt19937 random(seed);
    std::normal_distribution<float> normal(0, scale);
    std::vector<T> out(count);
    for (auto& v : out) v = number<T>(normal(random));
    return out;
}

struct Tokens {
    int clips, frames, side, d;
    size_t count() const { return static_cast<size_t>(clips) * frames * (side * side + 1) * d; }
    size_t at(int clip, int frame, int position, int channel) const {
        return (static_cast<size_t>(clip * frames + frame) * (side * side + 1) + position) * d + channel;
    }
    bool inside(int frame, int y, int x) const {
        return frame >= 0 && frame < frames && y >= 0 && y < side && x >= 0 && x < side;
    }
};

/// Calls visit(clip, frame, y, x, channel) for every value of the patches.
template <class Visit>
void for_patches(const Tokens& t, Visit visit) {
    for (int clip = 0; clip < t.clips; ++clip) {
        for (int frame = 0; frame < t.frames; ++frame) {
            for (int y = 0; y < t.side; ++y) {
                for (int x = 0; x < t.side; ++x) {
                    for (int channel = 0; channel < t.d; ++channel) visit(clip, frame, y, x, channel);
                }
            }
        }
    }
}

/// The value under tap k of the patch, 0 outside.
template <class T>
double under_tap(const Tokens& t, const std::vector<T>& x, int k, int clip, int frame, int y, int column, int channel) {
    const int f = frame + k / 9 - 1, yy = y + k / 3 % 3 - 1, xx = column + k % 3 - 1;
    return t.inside(f, yy, xx) ? value(x[t.at(clip, f, 1 + yy * t.side + xx, channel)]) : 0.0;
}

template <class T, int kSide>
void compare_adapter(int clips, int frames, int d, bool flipped, double tolerance) {
    using Way = typename BestTiling<T, kSide>::Way;
    const Tokens t{clips, frames, kSide, d};
    const auto x = drawn<T>(t.count(), 1), gradient = drawn<T>(t.count(), 2);
    const auto taps = drawn<float>(27 * static_cast<size_t>(d), 3), bias = drawn<float>(static_cast<size_t>(d), 4);
    std::vector<T> out(t.count(), number<T>(NAN));
    std::vector<float> scratch(static_cast<size_t>(clips) * 28 * d, NAN), of_taps(27 * static_cast<size_t>(d), 1.f),
        of_bias(static_cast<size_t>(d), 1.f);
    const dim3 grid{static_cast<unsigned>(clips), static_cast<unsigned>(d / Way::kChannels), 1};
    emulation::launch(grid, Way::kThreads,
                      [&] { forward<Way>(x.data(), taps.data(), bias.data(), out.data(), frames, d, flipped); });
    emulation::launch(grid, Way::kThreads,
                      [&] { tap_gradients<Way>(x.data(), gradient.data(), scratch.data(), frames, d); });
    emulation::launch({static_cast<unsigned>((28 * d + 255) / 256)}, 256,
                      [&] { add_clips(scratch.data(), of_taps.data(), of_bias.data(), clips, d); });

    std::vector<double> wanted_taps(27 * static_cast<size_t>(d), 1), wanted_bias(static_cast<size_t>(d), 1);
    double worst = 0;
    for_patches(t, [&](int clip, int frame, int y, int column, int channel) {
        const size_t at = t.at(clip, frame, 1 + y * kSide + column, channel);
        double sum = value(x[at]) + bias[channel];
        for (int k = 0; k < 27; ++k) {
            const double seen = under_tap(t, x, k, clip, frame, y, column, channel);
            sum += taps[static_cast<size_t>(flipped ? 26 - k : k) * d + channel] * seen;
            wanted_taps[static_cast<size_t>(channel) * 27 + k] += value(gradient[at]) * seen;
        }
        wanted_bias[channel] += value(gradient[at]);
        const double off = std::abs(value(out[at]) - sum) / std::max(1.0, std::abs(sum));
        worst = std::isnan(off) ? INFINITY : std::max(worst, off);
    });
    for (int clip = 0; clip < clips; ++clip) {
        for (int frame = 0; frame < frames; ++frame) {
            for (int channel = 0; channel < d; ++channel) {  // class tokens are copied
                QCOMPARE(value(out[t.at(clip, frame, 0, channel)]), value(x[t.at(clip, frame, 0, channel)]));
            }
        }
    }
    QVERIFY2(worst <= tolerance, qPrintable(QString("forward is off by %1").arg(worst)));
    for (size_t i = 0; i < wanted_taps.size(); ++i)
        QVERIFY(std::abs(of_taps[i] - wanted_taps[i]) <= 1e-4 * std::max(1.0, std::abs(wanted_taps[i])));
    for (size_t i = 0; i < wanted_bias.size(); ++i)
        QVERIFY(std::abs(of_bias[i] - wanted_bias[i]) <= 1e-4 * std::max(1.0, std::abs(wanted_bias[i])));
}

}  // namespace

class TestCudaKernels : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void adapterIsTheCorrelation() {
        compare_adapter<float, 7>(2, 3, 64, false, 1e-5);
        compare_adapter<float, 7>(1, 1, 128, true, 1e-5);  // one frame: no neighbours in time
        compare_adapter<__nv_bfloat16, 7>(1, 8, 64, false, 4e-3);
    }
    void adapterAtTwentyFourASide() { compare_adapter<__nv_bfloat16, 24>(1, 3, 64, true, 4e-3); }  // 384 pixels

    void patchesAreCutAndScaled() {
        const PatchSize size{2, 24, 8};
        std::vector<uint8_t> frames(2 * 3 * 24 * 24);
        std::mt19937 random(5);
        for (auto& v : frames) v = static_cast<uint8_t>(random() % 256);
        const PixelScale pixels{{10, 20, 30}, {0.5f, 0.25f, 2}};
        std::vector<__nv_bfloat16> out(2 * 9 * 3 * 64);
        const int64_t pieces = 2 * 9 * 3 * 8;
        emulation::launch({2}, 64, [&] { cut(size, frames.data(), pixels, out.data(), pieces); });
        for (int frame = 0; frame < 2; ++frame) {
            for (int patch = 0; patch < 9; ++patch) {
                for (int c = 0; c < 3; ++c) {
                    for (int i = 0; i < 64; ++i) {
                        const int y = patch / 3 * 8 + i / 8, x = patch % 3 * 8 + i % 8;
                        const float grey = frames[static_cast<size_t>(((frame * 3 + c) * 24 + y) * 24 + x)];
                        const float wanted = value(__float2bfloat16_rn((grey - pixels.mean[c]) * pixels.scale[c]));
                        QCOMPARE(value(out[static_cast<size_t>((frame * 9 + patch) * 192 + c * 64 + i)]), wanted);
                    }
                }
            }
        }
    }

    void adamwStepsAndSeesInfinities() {
        const int64_t count = 1003;  // not a multiple of 4
        const rest::kernels::AdamWStep f{0.999f, 0.9f, 0.98f, 1e-3f, 1.5f, 1e-8f};
        auto p = drawn<float>(count, 1), g = drawn<float>(count, 2), m = drawn<float>(count, 3),
             v = drawn<float>(count, 4);
        for (auto& x : v) x = x * x;
        auto wanted = p;
        for (int64_t i = 0; i < count; ++i) {
            const float first = f.beta1 * m[i] + (1 - f.beta1) * g[i],
                        second = f.beta2 * v[i] + (1 - f.beta2) * g[i] * g[i];
            wanted[i] = p[i] * f.decay - f.step_size * first / (std::sqrt(second) * f.root + f.epsilon);
        }
        std::vector<__nv_bfloat16> half(count);
        int not_finite = 0;
        const AdamWBuffers buffers{p.data(), g.data(), m.data(), v.data(), half.data(), count};
        emulation::launch({2}, 64, [&] { step(buffers, f, &not_finite); });
        QCOMPARE(not_finite, 0);
        for (int64_t i = 0; i < count; ++i) {
            QVERIFY(std::abs(p[i] - wanted[i]) <= 1e-6f * std::max(1.f, std::abs(wanted[i])));
            QCOMPARE(g[i], 0.f);
            QCOMPARE(half[i].bits, __float2bfloat16_rn(p[i]).bits);
        }
        for (const int64_t bad : {int64_t{0}, count - 1}) {
            g[bad] = INFINITY;
            emulation::launch({2}, 64, [&] { step(buffers, f, &not_finite); });
            QCOMPARE(not_finite, 1);
            p[bad] = m[bad] = v[bad] = 0;
            not_finite = 0;
        }
    }
};

REST_TEST(TestCudaKernels)
#include "test_cuda_kernels.moc"
