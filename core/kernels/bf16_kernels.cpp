// SPDX-License-Identifier: GPL-3.0-or-later
// Autograd around core/kernels/cuda. Parameters are inputs of the functions, so that autograd calls their backward, but
// their gradients are not returned: the products accumulate them in value.grad() (the guard of
// core/kernels/in_place_gradients.h does not help here, as backward runs on autograd's own thread).
#include "core/kernels/bf16_kernels.h"

#include <c10/core/DeviceGuard.h>
#include <c10/cuda/CUDAStream.h>

#include <cmath>

#include "core/kernels/clip_pixels.h"
#include "core/kernels/cuda/adapter3d.h"
#include "core/kernels/cuda/gelu.h"
#include "core/kernels/cuda/norm.h"
#include "core/kernels/cuda/patches.h"
#include "core/kernels/cuda/products.h"
#include "core/kernels/own_kernels.h"

namespace rest::kernels::bf16::kernels {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// The device and stream of a call, and workspace for its products.
class Here {
  public:
    explicit Here(const torch::Tensor& on) : guard_(on.device()), options_(on.options()) {}
    void* stream() const { return c10::cuda::getCurrentCUDAStream().stream(); }
    cuda::Workspace workspace() {
        if (!memory_.defined()) memory_ = torch::empty({cuda::kWorkspaceBytes}, options_.dtype(torch::kUInt8));
        return {memory_.data_ptr(), cuda::kWorkspaceBytes};
    }

  private:
    c10::DeviceGuard guard_;
    torch::TensorOptions options_;
    torch::Tensor memory_;
};

float* sum_of(torch::Tensor value) {
    if (!value.grad().defined()) value.mutable_grad() = torch::zeros_like(value);
    return value.grad().data_ptr<float>();
}

cuda::ProductSize size_of(const torch::Tensor& x, const torch::Tensor& weight) {
    return {x.numel() / weight.size(1), weight.size(0), weight.size(1)};
}

torch::Tensor result_of(const torch::Tensor& x, int64_t last) {
    auto sizes = x.sizes().vec();
    sizes.back() = last;
    return torch::empty(sizes, x.options());
}

const void* data(const torch::Tensor& x) {
    return x.defined() && x.numel() > 0 ? x.data_ptr() : nullptr;
}

/// Autograd functions do not accept undefined tensors: an omitted one is empty.
torch::Tensor or_empty(const torch::Tensor& x, const torch::Tensor& like) {
    return x.defined() ? x.contiguous() : torch::empty({0}, like.options());
}

/// weight.grad() += g^T x
void add_weight_gradient(const cuda::ProductSize& size, const torch::Tensor& g, const torch::Tensor& x,
                         const torch::Tensor& weight, Here& here) {
    cuda::product_weight_gradient(size, g.data_ptr(), x.data_ptr(), sum_of(weight), nullptr, here.workspace(),
                                  here.stream());
}

/// The same, and bias.grad() += the sum of g's rows.
void add_gradients(const cuda::ProductSize& size, const torch::Tensor& g, const torch::Tensor& x,
                   const torch::Tensor& weight, const torch::Tensor& bias, Here& here) {
    const auto of_bias = torch::empty({size.out}, weight.options());
    cuda::product_weight_gradient(size, g.data_ptr(), x.data_ptr(), sum_of(weight), of_bias.data_ptr<float>(),
                                  here.workspace(), here.stream());
    sum_of(bias);
    torch::Tensor(bias).mutable_grad().add_(of_bias);
}

class AffineBf16 : public torch::autograd::Function<AffineBf16> {
  public:
    static torch::Tensor forward(AutogradContext* context, const torch::Tensor& x, const torch::Tensor& residual,
                                 const torch::Tensor& weight, const torch::Tensor& half_weight,
                                 const torch::Tensor& bias, const torch::Tensor& half_bias) {
        Here here(x);
        const auto size = size_of(x, weight);
        auto y = result_of(x, size.out);
        cuda::product(size, x.data_ptr(), half_weight.data_ptr(), half_bias.data_ptr(), data(residual), y.data_ptr(),
                      here.workspace(), here.stream());
        context->save_for_backward({x, weight, half_weight, bias});
        context->saved_data["residual"] = residual.numel() > 0;
        return y;
    }

    static variable_list backward(AutogradContext* context, variable_list grads) {
        const auto saved = context->get_saved_variables();
        const auto &x = saved[0], &weight = saved[1], &half_weight = saved[2], &bias = saved[3];
        const auto g = grads[0].contiguous();
        Here here(g);
        const auto size = size_of(x, weight);
        add_gradients(size, g, x, weight, bias, here);
        torch::Tensor grad_x;
        if (context->needs_input_grad(0)) {
            grad_x = torch::empty_like(x);
            cuda::product_input_gradient(size, g.data_ptr(), half_weight.data_ptr(), nullptr, grad_x.data_ptr(),
                                         here.workspace(), here.stream());
        }
        return {grad_x, context->saved_data["residual"].toBool() ? g : torch::Tensor(), {}, {}, {}, {}};
    }
};

class FeedForwardBf16 : public torch::autograd::Function<FeedForwardBf16> {
  public:
    static torch::Tensor forward(AutogradContext* context, const torch::Tensor& x, const torch::Tensor& residual,
                                 const torch::Tensor& weight1, const torch::Tensor& half1, const torch::Tensor& bias1,
                                 const torch::Tensor& half_bias1, const torch::Tensor& weight2,
                                 const torch::Tensor& half2, const torch::Tensor& bias2,
                                 const torch::Tensor& half_bias2) {
        Here here(x);
        const auto first = size_of(x, weight1);
        const auto u = result_of(x, first.out), hidden = result_of(x, first.out);
        cuda::product_gelu(first, x.data_ptr(), half1.data_ptr(), half_bias1.data_ptr(), u.data_ptr(),
                           hidden.data_ptr(), here.workspace(), here.stream());
        const auto second = size_of(hidden, weight2);
        auto y = result_of(x, second.out);
        cuda::product(second, hidden.data_ptr(), half2.data_ptr(), half_bias2.data_ptr(), data(residual), y.data_ptr(),
                      here.workspace(), here.stream());
        context->save_for_backward({x, u, hidden, weight1, half1, bias1, weight2, half2, bias2});
        context->saved_data["residual"] = residual.numel() > 0;
        return y;
    }

    static variable_list backward(AutogradContext* context, variable_list grads) {
        const auto saved = context->get_saved_variables();
        const auto &x = saved[0], &u = saved[1], &hidden = saved[2], &weight1 = saved[3], &half1 = saved[4],
                   &weight2 = saved[6], &half2 = saved[7];
        const auto g = grads[0].contiguous();
        Here here(g);
        const auto first = size_of(x, weight1), second = size_of(hidden, weight2);
        add_gradients(second, g, hidden, weight2, saved[8], here);
        const auto grad_u = torch::empty_like(u);
        cuda::product_input_gradient(second, g.data_ptr(), half2.data_ptr(), nullptr, grad_u.data_ptr(),
                                     here.workspace(), here.stream());
        const cuda::GeluSize hidden_size{first.rows, first.out};
        const auto scratch = torch::empty({cuda::gelu_scratch(hidden_size)}, weight1.options());
        cuda::gelu_gradient(hidden_size, u.data_ptr(), grad_u.data_ptr(), scratch.data_ptr<float>(), sum_of(saved[5]),
                            here.stream());
        add_weight_gradient(first, grad_u, x, weight1, here);
        const auto grad_x = torch::empty_like(x);
        cuda::product_input_gradient(first, grad_u.data_ptr(), half1.data_ptr(), nullptr, grad_x.data_ptr(),
                                     here.workspace(), here.stream());
        return {grad_x, context->saved_data["residual"].toBool() ? g : torch::Tensor(), {}, {}, {}, {}, {}, {}, {}, {}};
    }
};

class NormFunction : public torch::autograd::Function<NormFunction> {
  public:
    static variable_list forward(AutogradContext* context, const torch::Tensor& x, const torch::Tensor& weight,
                                 const torch::Tensor& bias, double eps) {
        Here here(x);
        const cuda::NormSize size{x.numel() / weight.size(0), weight.size(0)};
        const auto options = weight.options();
        auto y = torch::empty_like(x);
        const auto mean = torch::empty({size.rows}, options), rstd = torch::empty({size.rows}, options);
        cuda::norm_forward(size,
                           {x.data_ptr(), weight.data_ptr<float>(), bias.data_ptr<float>(), static_cast<float>(eps),
                            y.data_ptr(), mean.data_ptr<float>(), rstd.data_ptr<float>()},
                           here.stream());
        context->save_for_backward({x, weight, bias, mean, rstd});
        return {x, y};
    }

    static variable_list backward(AutogradContext* context, variable_list grads) {
        const auto saved = context->get_saved_variables();
        const auto &x = saved[0], &weight = saved[1], &bias = saved[2], &mean = saved[3], &rstd = saved[4];
        if (!grads[1].defined()) return {grads[0], {}, {}, {}};
        const auto passed = grads[0].defined() ? grads[0].contiguous() : torch::Tensor();
        const auto g = grads[1].contiguous();
        Here here(g);
        const cuda::NormSize size{x.numel() / weight.size(0), weight.size(0)};
        const auto grad_x = torch::empty_like(x), scratch = torch::empty({cuda::norm_scratch(size)}, weight.options());
        cuda::norm_backward(
            size,
            {x.data_ptr(), g.data_ptr(), data(passed), weight.data_ptr<float>(), mean.data_ptr<float>(),
             rstd.data_ptr<float>(), grad_x.data_ptr(), scratch.data_ptr<float>(), sum_of(weight), sum_of(bias)},
            here.stream());
        return {grad_x, {}, {}, {}};
    }
};

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

bool take(const torch::Tensor& x) {
    return x.is_cuda() && own_kernels_wanted();
}

bool take_product(const torch::Tensor& x, const Affine& layer) {
    const auto& weight = layer.weight.half;
    return take(x) && x.scalar_type() == torch::kBFloat16 && layer.bias.half.defined() && weight.size(0) % 8 == 0 &&
           weight.size(1) % 8 == 0;
}

bool take_norm(const torch::Tensor& x) {
    return take(x) && x.scalar_type() == torch::kBFloat16 && cuda::norm_takes(x.size(-1));
}

bool take_adapter(const torch::Tensor& tokens, int64_t frames_per_clip) {
    const auto type = tokens.scalar_type();
    return take(tokens) && (type == torch::kFloat32 || type == torch::kBFloat16) &&
           cuda::adapter_takes(shape_of(tokens, frames_per_clip));
}

bool take_patches(const torch::Tensor& frames, int64_t patch) {
    return take(frames) && frames.scalar_type() == torch::kUInt8 &&
           cuda::patches_take({frames.size(0), static_cast<int>(frames.size(2)), static_cast<int>(patch)});
}

torch::Tensor affine(const torch::Tensor& x, const Affine& layer, const torch::Tensor& residual) {
    return AffineBf16::apply(x.contiguous(), or_empty(residual, x), layer.weight.value, layer.weight.half,
                             layer.bias.value, layer.bias.half);
}

torch::Tensor feed_forward(const torch::Tensor& x, const Affine& first, const Affine& second,
                           const torch::Tensor& residual) {
    if (torch::GradMode::is_enabled()) {
        return FeedForwardBf16::apply(x.contiguous(), or_empty(residual, x), first.weight.value, first.weight.half,
                                      first.bias.value, first.bias.half, second.weight.value, second.weight.half,
                                      second.bias.value, second.bias.half);
    }
    Here here(x);
    const auto rows = x.contiguous();
    const auto size = size_of(rows, first.weight.half);
    const auto hidden = result_of(rows, size.out);
    cuda::product_gelu(size, rows.data_ptr(), first.weight.half.data_ptr(), first.bias.half.data_ptr(), nullptr,
                       hidden.data_ptr(), here.workspace(), here.stream());
    return kernels::affine(hidden, second, residual);
}

std::pair<torch::Tensor, torch::Tensor> pass_and_norm(const torch::Tensor& x, const Norm& layer) {
    const auto both = NormFunction::apply(x.contiguous(), layer.weight, layer.bias, layer.eps);
    return {both[0], both[1]};
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

}  // namespace rest::kernels::bf16::kernels
