// SPDX-License-Identifier: GPL-3.0-or-later
// CUDA operations on video: patches of uint8 frames, and the temporal adapter with its gradients.
#include <cmath>

#include "core/kernels/bf16_kernels.h"
#include "core/kernels/clip_pixels.h"
#include "core/kernels/cuda/adapter3d.h"
#include "core/kernels/cuda/patches.h"
#include "core/kernels/cuda_call.h"

namespace rest::kernels::bf16::on_cuda {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

cuda::AdapterShape shape_of(const torch::Tensor& tokens, int64_t frames_per_clip) {
    const auto side = static_cast<int>(std::llround(std::sqrt(static_cast<double>(tokens.size(1) - 1))));
    return {tokens.size(0) / frames_per_clip, static_cast<int>(frames_per_clip), side,
            static_cast<int>(tokens.size(2))};
}

cuda::Number number_of(const torch::Tensor& x) {
    return x.scalar_type() == torch::kFloat32 ? cuda::Number::float32 : cuda::Number::bfloat16;
}

torch::Tensor bf16_taps(const torch::Tensor& weight) {
    return weight.detach().reshape({weight.size(0), 27}).t().contiguous();
}

class AdapterBf16 : public torch::autograd::Function<AdapterBf16> {
  public:
    static torch::Tensor forward(AutogradContext* context, const torch::Tensor& x, int64_t frames_per_clip,
                                 const torch::Tensor& weight, const torch::Tensor& bias) {
        Here here(x);
        auto out = torch::empty_like(x);
        const auto taps = bf16_taps(weight);
        cuda::adapter_forward(shape_of(x, frames_per_clip), number_of(x), x.data_ptr(), taps.data_ptr<float>(),
                              bias.data_ptr<float>(), out.data_ptr(), false, here.stream());
        context->save_for_backward({x, weight, bias});
        context->saved_data["frames"] = frames_per_clip;
        return out;
    }

    static variable_list backward(AutogradContext* context, variable_list grads) {
        const auto saved = context->get_saved_variables();
        const auto &x = saved[0], &weight = saved[1], &bias = saved[2];
        const auto g = grads[0].contiguous();
        Here here(g);
        const auto shape = shape_of(x, context->saved_data["frames"].toInt());
        const auto taps = bf16_taps(weight), grad_x = torch::empty_like(x),
                   scratch = torch::empty({cuda::adapter_scratch(shape)}, weight.options());
        cuda::adapter_tap_gradient(shape, number_of(x), x.data_ptr(), g.data_ptr(), scratch.data_ptr<float>(),
                                   sum_of(weight), sum_of(bias), here.stream());
        cuda::adapter_forward(shape, number_of(x), g.data_ptr(), taps.data_ptr<float>(), nullptr, grad_x.data_ptr(),
                              true, here.stream());
        return {grad_x, {}, {}, {}};
    }
};

}  // namespace

bool take_adapter(const torch::Tensor& tokens, int64_t frames_per_clip) {
    const auto type = tokens.scalar_type();
    return take(tokens) && (type == torch::kFloat32 || type == torch::kBFloat16) &&
           cuda::adapter_takes(shape_of(tokens, frames_per_clip));
}

bool take_patches(const torch::Tensor& frames, int64_t patch) {
    return take(frames) && frames.scalar_type() == torch::kUInt8 &&
           cuda::patches_take({frames.size(0), static_cast<int>(frames.size(2)), static_cast<int>(patch)});
}

torch::Tensor adapt_in_time(const torch::Tensor& tokens, int64_t frames_per_clip, const torch::Tensor& weight,
                            const torch::Tensor& bias) {
    return AdapterBf16::apply(tokens.contiguous(), frames_per_clip, weight, bias);
}

torch::Tensor patches_of_pixels(const torch::Tensor& frames, int64_t patch) {
    Here here(frames);
    const auto pixels = frames.contiguous();
    const cuda::PatchSize size{pixels.size(0), static_cast<int>(pixels.size(2)), static_cast<int>(patch)};
    cuda::PixelScale scale{};
    for (size_t c = 0; c < 3; ++c) {
        scale.mean[c] = 255 * kPixelMean[c];
        scale.scale[c] = 1 / (255 * kPixelDeviation[c]);
    }
    auto out = torch::empty({size.frames * size.across() * size.across(), 3 * patch * patch},
                            pixels.options().dtype(torch::kBFloat16));
    cuda::patches(size, pixels.data_ptr<uint8_t>(), scale, out.data_ptr(), here.stream());
    return out;
}

}  // namespace rest::kernels::bf16::on_cuda
