// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/gelu.h"

#include <algorithm>

#include "core/base/multiversion.h"
#include "core/kernels/exponential.h"
#include "core/kernels/ranges.h"

namespace rest::kernels {
namespace {

constexpr int64_t kGrain = 1 << 15;

struct Normal {
    float distribution;  // Phi(x)
    float bell;          // exp(-x^2 / 2)
};

/// Abramowitz and Stegun 7.1.26: erf within 1.5e-7. Its exponential is also the (unnormalised) normal density.
inline Normal normal(float x) {
    constexpr float kSqrtHalf = 0.70710678f, kP = 0.3275911f;
    constexpr float k1 = 0.254829592f, k2 = -0.284496736f, k3 = 1.421413741f, k4 = -1.453152027f, k5 = 1.061405429f;
    const float z = (x < 0 ? -x : x) * kSqrtHalf;
    const float bell = exponential(-z * z);
    const float t = 1.0f / (1.0f + kP * z);
    const float upper = 0.5f * t * (k1 + t * (k2 + t * (k3 + t * (k4 + t * k5)))) * bell;  // 1 - Phi(|x|)
    return {x < 0 ? upper : 1.0f - upper, bell};
}

REST_MULTIVERSION
void forward_range(const float* __restrict x, float* __restrict y, int64_t n) {
    for (int64_t i = 0; i < n; ++i) y[i] = x[i] * normal(x[i]).distribution;
}

constexpr float kInverseRootTwoPi = 0.39894228f;

REST_MULTIVERSION
void biased_row(const float* x, const float* __restrict bias, float* y, int64_t n) {
#pragma GCC ivdep  // y is x or does not overlap it
    for (int64_t i = 0; i < n; ++i) {
        const float at = x[i] + bias[i];
        y[i] = at * normal(at).distribution;
    }
}

REST_MULTIVERSION
void biased_row_with_gradient(float* __restrict x, const float* __restrict bias, float* __restrict gradients,
                              int64_t n) {
    for (int64_t i = 0; i < n; ++i) {
        const float at = x[i] + bias[i];
        const Normal curve = normal(at);
        gradients[i] *= curve.distribution + at * curve.bell * kInverseRootTwoPi;
        x[i] = at * curve.distribution;
    }
}

REST_MULTIVERSION
void backward_range(const float* __restrict x, const float* __restrict grad, float* __restrict out, int64_t n) {
    for (int64_t i = 0; i < n; ++i) {
        const Normal at = normal(x[i]);
        out[i] = grad[i] * (at.distribution + x[i] * at.bell * kInverseRootTwoPi);
    }
}

int64_t rows_of_a_grain(int64_t columns) {
    return kGrain / std::max<int64_t>(1, columns) + 1;
}

class GeluFunction : public torch::autograd::Function<GeluFunction> {
  public:
    static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& x) {
        context->save_for_backward({x});
        auto y = torch::empty_like(x);
        const float* from = x.data_ptr<float>();
        float* to = y.data_ptr<float>();
        for_ranges(x.numel(), kGrain,
                   [&](int64_t begin, int64_t end) { forward_range(from + begin, to + begin, end - begin); });
        return y;
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                   torch::autograd::variable_list grads) {
        const auto x = context->get_saved_variables()[0];
        const auto grad = grads[0].contiguous();
        auto out = torch::empty_like(x);
        const float *from = x.data_ptr<float>(), *g = grad.data_ptr<float>();
        float* to = out.data_ptr<float>();
        for_ranges(x.numel(), kGrain, [&](int64_t begin, int64_t end) {
            backward_range(from + begin, g + begin, to + begin, end - begin);
        });
        return {out};
    }
};

}  // namespace

void gelu_of_biased(const float* x, const float* bias, float* y, int64_t rows, int64_t columns) {
    for_ranges(rows, rows_of_a_grain(columns), [&](int64_t begin, int64_t end) {
        for (int64_t r = begin; r < end; ++r) biased_row(x + r * columns, bias, y + r * columns, columns);
    });
}

void gelu_of_biased_with_gradient(float* x, const float* bias, float* gradients, int64_t rows, int64_t columns) {
    for_ranges(rows, rows_of_a_grain(columns), [&](int64_t begin, int64_t end) {
        for (int64_t r = begin; r < end; ++r)
            biased_row_with_gradient(x + r * columns, bias, gradients + r * columns, columns);
    });
}

torch::Tensor gelu(const torch::Tensor& x) {
    if (!x.is_cpu() || x.scalar_type() != torch::kFloat32) return torch::gelu(x);
    return GeluFunction::apply(x.contiguous());
}

}  // namespace rest::kernels
