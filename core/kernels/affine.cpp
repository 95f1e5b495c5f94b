// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/affine.h"

#include "core/kernels/gelu.h"
#include "core/kernels/gemm.h"
#include "core/kernels/in_place_gradients.h"

namespace rest::kernels {
namespace {

/// x W^T + b by oneDNN; LibTorch's own products run on a BLAS that may be half as fast.
class AffineFunction : public torch::autograd::Function<AffineFunction> {
    // Not inner_product(): creating a primitive for each batch size needs memory, without which oneDNN crashes, and
    // training uses memory up to its limit.
    static torch::Tensor product(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias) {
        const int64_t in = weight.size(1), out = weight.size(0), rows = x.numel() / in;
        auto shape = x.sizes().vec();
        shape.back() = out;
        auto y = bias.defined() ? bias.expand(shape).contiguous() : torch::empty(shape, x.options());
        gemm({rows, out, in}, {x.data_ptr<float>(), in}, {weight.data_ptr<float>(), in, true}, y.data_ptr<float>(), out,
             1, bias.defined() ? 1.0f : 0.0f);
        return y;
    }

  public:
    /// Without a bias, `bias` is empty: an autograd function does not accept undefined tensors.
    static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& x,
                                 const torch::Tensor& weight, const torch::Tensor& bias) {
        const bool biased = bias.numel() > 0;
        context->save_for_backward({x, weight});
        context->saved_data["bias"] = biased;
        return product(x.contiguous(), weight.contiguous(), biased ? bias : torch::Tensor());
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                   torch::autograd::variable_list grads) {
        const auto saved = context->get_saved_variables();
        const auto x = saved[0].contiguous(), weight = saved[1].contiguous(), grad = grads[0].contiguous();
        const int64_t in = weight.size(1), out = weight.size(0), rows = grad.numel() / out;
        const float* g = grad.data_ptr<float>();
        torch::Tensor grad_x, grad_weight, grad_bias;
        if (context->needs_input_grad(0)) {
            grad_x = torch::empty_like(x);
            gemm({rows, in, out}, {g, out}, {weight.data_ptr<float>(), in}, grad_x.data_ptr<float>(), in);
        }
        if (context->needs_input_grad(1)) {
            const GradientSum sum(weight);
            gemm({out, in, rows}, {g, out, true}, {x.data_ptr<float>(), in}, sum.data(), in, 1, 1);
            grad_weight = sum.result();
        }
        if (context->saved_data["bias"].toBool()) grad_bias = grad.view({rows, out}).sum(0);
        return {grad_x, grad_weight, grad_bias};
    }
};

bool wants_gradient(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias) {
    return torch::GradMode::is_enabled() &&
           (x.requires_grad() || weight.requires_grad() || (bias.defined() && bias.requires_grad()));
}

torch::Tensor activate(const torch::Tensor& x, Activation activation) {
    switch (activation) {
        case Activation::gelu:
            return rest::kernels::gelu(x);
        case Activation::quick_gelu:
            return quick_gelu(x);
        case Activation::none:
            break;
    }
    return x;
}

}  // namespace

torch::Tensor quick_gelu(const torch::Tensor& x) {
    return x * torch::sigmoid(1.702 * x);
}

torch::Tensor affine(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                     const InnerProductExtras& extras) {
    const bool fast = inner_product_takes(x, weight);
    const bool gradient =
        wants_gradient(x, weight, bias) || (extras.residual.defined() && extras.residual.requires_grad());
    if (fast && !gradient) return inner_product(x, weight, bias, extras);
    const auto product = fast ? AffineFunction::apply(x, weight, bias.defined() ? bias : torch::empty({0}))
                              : torch::linear(x, weight, bias);
    const auto y = activate(product, extras.activation);
    return extras.residual.defined() ? y + extras.residual : y;
}

}  // namespace rest::kernels
