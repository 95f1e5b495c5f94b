// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/libtorch.h"

#include <algorithm>
#include <chrono>

#include "core/bench/bench.h"
#include "core/bench/synchronise.h"
#include "core/kernels/gemm.h"
#include "core/kernels/ranges.h"

namespace rest::bench {
namespace {

/// Seconds of the fastest of several runs: a limit is what the machine can reach, not its average.
template <class F>
double fastest(torch::Device device, int repeats, F f) {
    double best = 1e30;
    for (int i = 0; i <= repeats; ++i) {
        synchronise(device);
        const auto started = std::chrono::steady_clock::now();
        f();
        synchronise(device);
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - started;
        if (i > 0) best = std::min(best, seconds.count());
    }
    return best;
}

/// FLOP/s of the fastest of several square products.
double product_limit(torch::Device device, torch::ScalarType type) {
    const auto options = torch::TensorOptions().device(device).dtype(type);
    const int64_t largest = device.is_cpu() ? 4096 : 8192;
    double limit = 0;
    for (int64_t n = 1024; n <= largest; n *= 2) {
        const auto a = torch::randn({n, n}, options), b = torch::randn({n, n}, options);
        auto c = torch::empty({n, n}, options);
        double seconds = fastest(device, 3, [&] { at::mm_out(c, a, b); });
        if (device.is_cpu() && type == torch::kFloat32) {
            const float *left = a.data_ptr<float>(), *right = b.data_ptr<float>();
            float* out = c.data_ptr<float>();
            seconds = std::min(seconds, fastest(device, 3, [&] {
                                   kernels::gemm({n, n, n}, {left, n}, {right, n}, out, n);
                               }));
        }
        limit = std::max(limit, 2.0 * static_cast<double>(n * n * n) / seconds);
    }
    return limit;
}

}  // namespace

Limits measure_limits(const BenchSettings& settings) {
    kernels::use_threads(settings.threads);
    torch::NoGradGuard no_grad;
    const torch::Device device(settings.device);
    Limits limits;
    limits.float32_flop_per_second = product_limit(device, torch::kFloat32);
    limits.flop_per_second = settings.bf16 ? product_limit(device, torch::kBFloat16) : limits.float32_flop_per_second;
    constexpr int64_t kValues = int64_t{64} << 20;  // 256 MB, larger than any cache
    const auto from = torch::zeros({kValues}, torch::TensorOptions().device(device));
    auto to = torch::empty_like(from);
    const double seconds = fastest(device, 5, [&] { to.copy_(from); });
    limits.bytes_per_second = 2.0 * static_cast<double>(from.nbytes()) / seconds;
    return limits;
}

}  // namespace rest::bench
