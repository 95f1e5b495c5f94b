// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/adamw.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>

#include "core/base/error.h"
#include "core/base/multiversion.h"
#include "core/kernels/device_adamw.h"
#include "core/kernels/ranges.h"

namespace rest::training {
namespace {

constexpr uint32_t kInfinity = 0x7f800000;

/// Its bits without the sign: values from kInfinity on are infinity or NaN.
inline uint32_t size_of(float x) {
    return std::bit_cast<uint32_t>(x) & 0x7fffffff;
}

/// Returns the largest size_of() among the new m, v and squares of p; free, as the loop is memory-bound.
REST_MULTIVERSION
uint32_t update_range(float* __restrict p, float* __restrict g, float* __restrict m, float* __restrict v, int64_t n,
                      const kernels::AdamWStep u) {
    uint32_t largest = 0;
    for (int64_t i = 0; i < n; ++i) {
        m[i] = u.beta1 * m[i] + (1 - u.beta1) * g[i];
        v[i] = u.beta2 * v[i] + (1 - u.beta2) * g[i] * g[i];
        p[i] = p[i] * u.decay - u.step_size * m[i] / (std::sqrt(v[i]) * u.root + u.epsilon);
        g[i] = 0;
        largest = std::max(largest, std::max(size_of(p[i] * p[i]), std::max(size_of(m[i]), size_of(v[i]))));
    }
    return largest;
}

void update_tensors(const FlatParameters& parameters, torch::Tensor& m, torch::Tensor& v, const kernels::AdamWStep& u) {
    auto g = parameters.gradients;
    auto p = parameters.values;
    m.mul_(u.beta1).add_(g, 1 - u.beta1);
    v.mul_(u.beta2).addcmul_(g, g, 1 - u.beta2);
    p.mul_(u.decay).addcdiv_(m, v.sqrt().mul_(u.root).add_(u.epsilon), -u.step_size);
    g.zero_();
    if (parameters.halves.defined()) torch::Tensor(parameters.halves).copy_(p);
}

}  // namespace

AdamW::AdamW(FlatParameters parameters, const AdamWSettings& settings)
    : parameters_(std::move(parameters)),
      settings_(settings),
      first_(torch::zeros_like(parameters_.values)),
      second_(torch::zeros_like(parameters_.values)) {}

bool AdamW::step(double learning_rate) {
    torch::NoGradGuard no_grad;
    ++steps_;
    const auto t = static_cast<double>(steps_);
    const kernels::AdamWStep u = {.decay = static_cast<float>(1 - learning_rate * settings_.weight_decay),
                                  .beta1 = static_cast<float>(settings_.beta1),
                                  .beta2 = static_cast<float>(settings_.beta2),
                                  .step_size = static_cast<float>(learning_rate / (1 - std::pow(settings_.beta1, t))),
                                  .root = static_cast<float>(1 / std::sqrt(1 - std::pow(settings_.beta2, t))),
                                  .epsilon = static_cast<float>(settings_.epsilon)};
    if (!parameters_.values.is_cpu()) {
        const auto not_finite =
            kernels::adamw_on_device(parameters_.values, parameters_.gradients, first_, second_, parameters_.halves, u);
        if (not_finite.defined()) return not_finite.item<int>() == 0;
        update_tensors(parameters_, first_, second_, u);
        return finite();
    }
    float* p = parameters_.values.data_ptr<float>();
    float* g = parameters_.gradients.data_ptr<float>();
    float* m = first_.data_ptr<float>();
    float* v = second_.data_ptr<float>();
    constexpr int64_t kGrain = 1 << 16;
    std::atomic<bool> all_finite = true;
    kernels::for_ranges(parameters_.values.numel(), kGrain, [&](int64_t begin, int64_t end) {
        if (update_range(p + begin, g + begin, m + begin, v + begin, end - begin, u) >= kInfinity) all_finite = false;
    });
    if (parameters_.halves.defined()) parameters_.halves.copy_(parameters_.values);
    return all_finite;
}

// A sum is finite only if all of its terms are. For the weights, their squares: if those overflow, so do the next
// forward pass's products. A second moment that overflows would freeze its weight forever.
bool AdamW::finite() const {
    torch::NoGradGuard no_grad;
    const auto& weights = parameters_.values;
    return std::isfinite((weights.dot(weights) + first_.sum() + second_.sum()).item<double>());
}

void AdamW::restore(int64_t steps, const torch::Tensor& first_moment, const torch::Tensor& second_moment) {
    const int64_t wanted = parameters_.count();
    if (first_moment.numel() != wanted || second_moment.numel() != wanted) {
        throw Error(ErrorCode::damaged,
                    "The optimiser's state has " + std::to_string(first_moment.numel()) + " values and the model " +
                        std::to_string(wanted),
                    "The checkpoint belongs to another model; start a new run.");
    }
    torch::NoGradGuard no_grad;
    first_.copy_(parameters_.with_gaps(first_moment));
    second_.copy_(parameters_.with_gaps(second_moment));
    steps_ = steps;
}

}  // namespace rest::training
