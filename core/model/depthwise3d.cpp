// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/depthwise3d.h"

#include <ATen/Parallel.h>

#include "core/base/multiversion.h"

namespace rest {
namespace {

struct Grid {
    int64_t b, t, h, w, d;
    int64_t planes() const { return b * t; }
};

Grid grid_of(const torch::Tensor& x) { return {x.size(0), x.size(1), x.size(2), x.size(3), x.size(4)}; }

REST_MULTIVERSION
void multiply_add(float* __restrict out, const float* __restrict a, const float* __restrict b, int64_t n) {
    for (int64_t i = 0; i < n; ++i) out[i] += a[i] * b[i];
}

/// Calls visit(output row, input row, tap) for the taps that fall inside, of every position of one (clip, frame) plane.
template <class Visit>
void for_each_tap(const Grid& g, int64_t plane, Visit visit) {
    const int64_t clip = plane / g.t, t = plane % g.t;
    for (int64_t y = 0; y < g.h; ++y) {
        for (int64_t x = 0; x < g.w; ++x) {
            const int64_t out = ((clip * g.t + t) * g.h + y) * g.w + x;
            for (int64_t dt = std::max<int64_t>(-1, -t); dt <= std::min<int64_t>(1, g.t - 1 - t); ++dt) {
                for (int64_t dy = std::max<int64_t>(-1, -y); dy <= std::min<int64_t>(1, g.h - 1 - y); ++dy) {
                    for (int64_t dx = std::max<int64_t>(-1, -x); dx <= std::min<int64_t>(1, g.w - 1 - x); ++dx) {
                        visit(out * g.d, (out + (dt * g.h + dy) * g.w + dx) * g.d, (dt + 1) * 9 + (dy + 1) * 3 + dx + 1);
                    }
                }
            }
        }
    }
}

/// taps (27, d): tap k multiplies the input at offset k. `start` (d) is what each output begins with.
torch::Tensor correlate(const torch::Tensor& x, const torch::Tensor& taps, const torch::Tensor& start) {
    const Grid g = grid_of(x);
    auto out = torch::empty_like(x);
    const float* in = x.data_ptr<float>();
    const float* w = taps.data_ptr<float>();
    const float* s = start.data_ptr<float>();
    float* o = out.data_ptr<float>();
    const int64_t row = g.h * g.w * g.d;
    at::parallel_for(0, g.planes(), 1, [&](int64_t begin, int64_t end) {
        for (int64_t plane = begin; plane < end; ++plane) {
            for (int64_t i = 0; i < g.h * g.w; ++i) std::copy_n(s, g.d, o + plane * row + i * g.d);
            for_each_tap(g, plane, [&](int64_t to, int64_t from, int64_t tap) {
                multiply_add(o + to, in + from, w + tap * g.d, g.d);
            });
        }
    });
    return out;
}

/// d loss / d taps, (27, d). Each plane sums by itself and the planes are added in order, so threads change no bit.
torch::Tensor tap_gradient(const torch::Tensor& x, const torch::Tensor& grad) {
    const Grid g = grid_of(x);
    auto parts = torch::zeros({g.planes(), 27, g.d}, x.options());
    const float* in = x.data_ptr<float>();
    const float* go = grad.data_ptr<float>();
    float* p = parts.data_ptr<float>();
    at::parallel_for(0, g.planes(), 1, [&](int64_t begin, int64_t end) {
        for (int64_t plane = begin; plane < end; ++plane) {
            for_each_tap(g, plane, [&](int64_t to, int64_t from, int64_t tap) {
                multiply_add(p + (plane * 27 + tap) * g.d, in + from, go + to, g.d);
            });
        }
    });
    return parts.sum(0);
}

torch::Tensor taps_of(const torch::Tensor& weight) { return weight.reshape({weight.size(0), 27}).t().contiguous(); }

class Depthwise3d : public torch::autograd::Function<Depthwise3d> {
 public:
    static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& x,
                                 const torch::Tensor& weight, const torch::Tensor& bias) {
        context->save_for_backward({x, weight});
        return correlate(x, taps_of(weight), bias.contiguous());
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                   torch::autograd::variable_list grads) {
        const auto saved = context->get_saved_variables();
        const auto grad = grads[0].contiguous();
        const auto& weight = saved[1];
        const auto zero = torch::zeros({weight.size(0)}, weight.options());
        const auto grad_x = correlate(grad, taps_of(weight).flip(0).contiguous(), zero);
        const auto grad_weight = tap_gradient(saved[0], grad).t().reshape(weight.sizes());
        return {grad_x, grad_weight, grad.sum({0, 1, 2, 3})};
    }
};

}  // namespace

torch::Tensor depthwise3d(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias) {
    if (x.is_cpu() && x.scalar_type() == torch::kFloat32) return Depthwise3d::apply(x.contiguous(), weight, bias);
    const auto grid = x.permute({0, 4, 1, 2, 3});
    return torch::conv3d(grid, weight, bias, 1, 1, 1, weight.size(0)).permute({0, 2, 3, 4, 1}).contiguous();
}

}  // namespace rest
