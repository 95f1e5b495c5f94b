// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/temporal_adapter.h"

#include <algorithm>
#include <cmath>

#ifdef REST_CUDA
#include "core/kernels/bf16_kernels.h"
#endif
#include "core/kernels/depthwise3d.h"

namespace rest::kernels {
namespace {

int64_t side_of(const torch::Tensor& tokens) {
    return std::llround(std::sqrt(static_cast<double>(tokens.size(1) - 1)));
}

DepthwiseGrid grid_of(const torch::Tensor& tokens, int64_t frames_per_clip) {
    const int64_t side = side_of(tokens), d = tokens.size(2);
    return {.clips = tokens.size(0) / frames_per_clip,
            .t = frames_per_clip,
            .h = side,
            .w = side,
            .d = d,
            .plane_stride = tokens.size(1) * d,
            .offset = d};
}

torch::Tensor taps_of(const torch::Tensor& weight) {
    return weight.reshape({weight.size(0), 27}).t().contiguous();
}

torch::Tensor apply_taps(const DepthwiseGrid& grid, const torch::Tensor& x, const torch::Tensor& taps,
                         const torch::Tensor& start) {
    auto out = torch::empty_like(x);
    out.select(1, 0).copy_(x.select(1, 0));
    add_correlation(grid, x.data_ptr<float>(), taps, start, out.data_ptr<float>());
    return out;
}

class AdapterFunction : public torch::autograd::Function<AdapterFunction> {
  public:
    static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& x,
                                 int64_t frames_per_clip, const torch::Tensor& weight, const torch::Tensor& bias) {
        context->save_for_backward({x, weight});
        context->saved_data["frames"] = frames_per_clip;
        return apply_taps(grid_of(x, frames_per_clip), x, taps_of(weight), bias.contiguous());
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                   torch::autograd::variable_list grads) {
        const auto saved = context->get_saved_variables();
        const auto &x = saved[0], &weight = saved[1];
        const auto grad = grads[0].contiguous();
        const auto grid = grid_of(x, context->saved_data["frames"].toInt());
        const auto grad_x = apply_taps(grid, grad, taps_of(weight).flip(0).contiguous(), torch::zeros({grid.d}));
        const auto grad_taps = tap_gradient(grid, x.data_ptr<float>(), grad.data_ptr<float>());
        return {grad_x, torch::Tensor(), grad_taps.t().reshape(weight.sizes()),
                grad.slice(1, 1).sum(at::IntArrayRef{0, 1})};
    }
};

torch::Tensor adapt_by_convolution(const torch::Tensor& tokens, int64_t frames_per_clip, const torch::Tensor& weight,
                                   const torch::Tensor& bias) {
    const int64_t side = side_of(tokens), d = tokens.size(2);
    const auto parts = tokens.split_with_sizes({1, side * side}, 1);
    const auto grid = parts[1].reshape({-1, frames_per_clip, side, side, d});
    const auto mixed = torch::conv3d(grid.permute({0, 4, 1, 2, 3}), weight.to(grid.scalar_type()),
                                     bias.to(grid.scalar_type()), 1, 1, 1, d)
                           .permute({0, 2, 3, 4, 1});
    return torch::cat({parts[0], (grid + mixed).view({tokens.size(0), side * side, d})}, 1);
}

}  // namespace

torch::Tensor adapt_in_time(const torch::Tensor& tokens, int64_t frames_per_clip, const torch::Tensor& weight,
                            const torch::Tensor& bias) {
    if (tokens.is_cpu() && tokens.scalar_type() == torch::kFloat32) {
        return AdapterFunction::apply(tokens.contiguous(), frames_per_clip, weight, bias);
    }
#ifdef REST_CUDA
    if (bf16::on_cuda::take_adapter(tokens, frames_per_clip))
        return bf16::on_cuda::adapt_in_time(tokens, frames_per_clip, weight, bias);
#endif
    return adapt_by_convolution(tokens, frames_per_clip, weight, bias);
}

}  // namespace rest::kernels
