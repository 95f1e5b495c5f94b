// SPDX-License-Identifier: GPL-3.0-or-later
// Our own kernels and cuBLASLt's products at the encoder's size, ViT-B/16: 197 tokens of 768. Empty without CUDA.
#include <algorithm>
#include <memory>
#include <optional>

#include "app/bench/micro.h"

#ifdef REST_CUDA
#include <c10/cuda/CUDAStream.h>

#include "core/kernels/cuda/adamw.h"
#include "core/kernels/cuda/adapter3d.h"
#include "core/kernels/cuda/gelu.h"
#include "core/kernels/cuda/norm.h"
#include "core/kernels/cuda/patches.h"
#include "core/kernels/cuda/products.h"
#endif

namespace rest::app {

#ifdef REST_CUDA
namespace {

void* stream() {
    return c10::cuda::getCurrentCUDAStream().stream();
}

/// A linear layer's product forward and backward: x (rows, in), w (out, in).
struct ProductOperands {
    kernels::cuda::ProductSize size;
    torch::Tensor x, w, bias, y, g, gradient_x, gradient_w, gradient_bias, hidden, memory;

    ProductOperands(const MicroSettings& s, int64_t out, int64_t in) : size{s.clips * kFrames * kTokens, out, in} {
        const auto full = torch::TensorOptions().device(s.device), half = full.dtype(torch::kBFloat16);
        x = torch::randn({size.rows, in}, half);
        w = torch::randn({out, in}, half);
        bias = torch::randn({std::max(out, in)}, half);
        y = torch::randn({size.rows, out}, half);
        g = torch::randn({size.rows, out}, half);
        gradient_x = torch::randn({size.rows, in}, half);
        hidden = torch::randn({size.rows, std::max(out, in)}, half);
        gradient_w = torch::zeros({out, in}, full);
        gradient_bias = torch::zeros({std::max(out, in)}, full);
        memory = torch::empty({kernels::cuda::kWorkspaceBytes}, full.dtype(torch::kUInt8));
    }
    kernels::cuda::Workspace workspace() const { return {memory.data_ptr(), kernels::cuda::kWorkspaceBytes}; }
};

void add_products(std::vector<MicroOperation>& to, const std::string& name, const std::shared_ptr<ProductOperands>& o) {
    const double flop = 2.0 * static_cast<double>(o->size.rows * o->size.out * o->size.in);
    const auto add = [&](const char* what, std::function<void()> f) {
        to.push_back({name + ", " + what, flop, 0, std::move(f)});
    };
    add("alone", [o] {
        kernels::cuda::product(o->size, o->x.data_ptr(), o->w.data_ptr(), nullptr, nullptr, o->y.data_ptr(),
                               o->workspace(), stream());
    });
    add("bias", [o] {
        kernels::cuda::product(o->size, o->x.data_ptr(), o->w.data_ptr(), o->bias.data_ptr(), nullptr, o->y.data_ptr(),
                               o->workspace(), stream());
    });
    add("bias and residual", [o] {
        kernels::cuda::product(o->size, o->x.data_ptr(), o->w.data_ptr(), o->bias.data_ptr(), o->g.data_ptr(),
                               o->y.data_ptr(), o->workspace(), stream());
    });
    if (o->size.out > 3 * o->size.in) {
        add("bias and gelu, u kept", [o] {
            kernels::cuda::product_gelu(o->size, o->x.data_ptr(), o->w.data_ptr(), o->bias.data_ptr(),
                                        o->hidden.data_ptr(), o->y.data_ptr(), o->workspace(), stream());
        });
        add("bias and gelu", [o] {
            kernels::cuda::product_gelu(o->size, o->x.data_ptr(), o->w.data_ptr(), o->bias.data_ptr(), nullptr,
                                        o->y.data_ptr(), o->workspace(), stream());
        });
    }
    add("gradient of x", [o] {
        kernels::cuda::product_input_gradient(o->size, o->g.data_ptr(), o->w.data_ptr(), nullptr,
                                              o->gradient_x.data_ptr(), o->workspace(), stream());
    });
    add("gradient of w", [o] {
        kernels::cuda::product_weight_gradient(o->size, o->g.data_ptr(), o->x.data_ptr(),
                                               o->gradient_w.data_ptr<float>(), nullptr, o->workspace(), stream());
    });
    add("gradient of w and of the bias", [o] {
        kernels::cuda::product_weight_gradient(o->size, o->g.data_ptr(), o->x.data_ptr(),
                                               o->gradient_w.data_ptr<float>(), o->gradient_bias.data_ptr<float>(),
                                               o->workspace(), stream());
    });
    to.push_back({name + ", bias by LibTorch's linear", flop, 0, [o] {
                      torch::NoGradGuard no_grad;
                      torch::linear(o->x, o->w, o->bias.slice(0, 0, o->size.out));
                  }});
    to.push_back({name + ", sum of the gradient's rows", 0, 2.0 * static_cast<double>(o->g.numel()),
                  [o] { o->g.sum(at::IntArrayRef{0}, false, torch::kFloat32); }});
}

}  // namespace

std::vector<MicroOperation> product_operations(const MicroSettings& s) {
    std::vector<MicroOperation> out;
    if (!s.device.is_cuda()) return out;
    add_products(out, "768 to 2304", std::make_shared<ProductOperands>(s, 3 * kWidth, kWidth));
    add_products(out, "768 to 768", std::make_shared<ProductOperands>(s, kWidth, kWidth));
    add_products(out, "768 to 3072", std::make_shared<ProductOperands>(s, 4 * kWidth, kWidth));
    add_products(out, "3072 to 768", std::make_shared<ProductOperands>(s, kWidth, 4 * kWidth));
    return out;
}

std::vector<MicroOperation> attention_choices(const MicroSettings& s) {
    std::vector<MicroOperation> out;
    if (!s.device.is_cuda()) return out;
    torch::NoGradGuard no_grad;
    const int64_t frames = s.clips * kFrames;
    const double forward = 4.0 * static_cast<double>(frames) * kTokens * kTokens * kWidth, backward = 2.5 * forward;
    const auto qkv = torch::randn({frames, kTokens, 3, kHeads, kWidth / kHeads},
                                  torch::TensorOptions().device(s.device).dtype(torch::kBFloat16));
    const auto q = qkv.select(2, 0), k = qkv.select(2, 1), v = qkv.select(2, 2);
    const auto of_heads = [](const torch::Tensor& x) { return x.transpose(1, 2); };
    const auto flash = [=] {
        return at::_flash_attention_forward(q, k, v, {}, {}, kTokens, kTokens, 0.0, false, false);
    };
    const auto cudnn = [=] {
        return at::_scaled_dot_product_cudnn_attention(of_heads(q), of_heads(k), of_heads(v), {}, true);
    };
    out.push_back({"encoder's attention, flash, forward", forward, 0, [=] { flash(); }});
    const auto f = flash();
    const auto g = torch::randn_like(std::get<0>(f));
    out.push_back({"encoder's attention, flash, backward", backward, 0, [=] {
                       at::_flash_attention_backward(g, q, k, v, std::get<0>(f), std::get<1>(f), {}, {}, kTokens,
                                                     kTokens, 0.0, false, std::get<2>(f), std::get<3>(f));
                   }});
    out.push_back({"encoder's attention, cuDNN, forward", forward, 0, [=] { cudnn(); }});
    out.push_back({"encoder's attention, cuDNN, backward", backward, 0,
                   [=, c = std::make_shared<std::optional<decltype(cudnn())>>()] {
                       if (!c->has_value()) *c = cudnn();
                       const auto& r = **c;
                       at::_scaled_dot_product_cudnn_attention_backward(
                           of_heads(g), of_heads(q), of_heads(k), of_heads(v), std::get<0>(r), std::get<1>(r),
                           std::get<6>(r), std::get<7>(r), {}, {}, {}, kTokens, kTokens, 0.0, false);
                   }});
    out.push_back({"gradients of q, k, v side by side", 0, 12.0 * static_cast<double>(g.numel()), [=] {
                       torch::stack({g, g, g}, 2);
                   }});
    return out;
}

std::vector<MicroOperation> kernel_operations(const MicroSettings& s) {
    std::vector<MicroOperation> out;
    if (!s.device.is_cuda()) return out;
    const auto full = torch::TensorOptions().device(s.device), half = full.dtype(torch::kBFloat16);
    const int64_t frames = s.clips * kFrames, rows = frames * kTokens;
    const auto x = torch::randn({frames, kTokens, kWidth}, half), g = torch::randn_like(x),
               extra = torch::randn_like(x), y = torch::empty_like(x);
    const auto weight = torch::ones({kWidth}, full), bias = torch::zeros({kWidth}, full),
               mean = torch::zeros({rows}, full), rstd = torch::ones({rows}, full);
    const auto bytes = static_cast<double>(x.nbytes());
    const kernels::cuda::NormSize norm{rows, kWidth};
    out.push_back({"norm", 0, 2 * bytes, [=] {
                       kernels::cuda::norm_forward(
                           norm,
                           {x.data_ptr(), weight.data_ptr<float>(), bias.data_ptr<float>(), 1e-5f, y.data_ptr(),
                            mean.data_ptr<float>(), rstd.data_ptr<float>()},
                           stream());
                   }});
    const auto scratch = torch::empty({kernels::cuda::norm_scratch(norm)}, full),
               of_weight = torch::zeros({kWidth}, full), of_bias = torch::zeros({kWidth}, full);
    out.push_back({"norm's gradient", 0, 4 * bytes, [=] {
                       kernels::cuda::norm_backward(
                           norm,
                           {x.data_ptr(), g.data_ptr(), extra.data_ptr(), weight.data_ptr<float>(),
                            mean.data_ptr<float>(), rstd.data_ptr<float>(), y.data_ptr(), scratch.data_ptr<float>(),
                            of_weight.data_ptr<float>(), of_bias.data_ptr<float>()},
                           stream());
                   }});
    const auto wide_u = torch::randn({rows, 4 * kWidth}, half), wide_g = torch::randn({rows, 4 * kWidth}, half);
    const kernels::cuda::GeluSize gelu{rows, 4 * kWidth};
    const auto gelu_scratch = torch::empty({kernels::cuda::gelu_scratch(gelu)}, full),
               of_wide_bias = torch::zeros({4 * kWidth}, full);
    out.push_back({"GELU's gradient and its bias's", 0, 12 * bytes, [=] {
                       kernels::cuda::gelu_gradient(gelu, wide_u.data_ptr(), wide_g.data_ptr(),
                                                    gelu_scratch.data_ptr<float>(), of_wide_bias.data_ptr<float>(),
                                                    stream());
                   }});
    const kernels::cuda::AdapterShape adapter{s.clips, static_cast<int>(kFrames), 14, static_cast<int>(kWidth)};
    const auto taps = torch::randn({27, kWidth}, full), of_taps = torch::zeros({kWidth, 27}, full),
               adapter_scratch = torch::empty({kernels::cuda::adapter_scratch(adapter)}, full);
    out.push_back({"adapter", 0, 2 * bytes, [=] {
                       kernels::cuda::adapter_forward(adapter, kernels::cuda::Number::bfloat16, x.data_ptr(),
                                                      taps.data_ptr<float>(), bias.data_ptr<float>(), y.data_ptr(),
                                                      false, stream());
                   }});
    out.push_back({"adapter's gradient of taps", 0, 2 * bytes, [=] {
                       kernels::cuda::adapter_tap_gradient(adapter, kernels::cuda::Number::bfloat16, x.data_ptr(),
                                                           g.data_ptr(), adapter_scratch.data_ptr<float>(),
                                                           of_taps.data_ptr<float>(), of_bias.data_ptr<float>(),
                                                           stream());
                   }});
    const auto raw = torch::randint(0, 256, {frames, 3, 224, 224}, full.dtype(torch::kUInt8)),
               patches = torch::empty({frames * 196, kWidth}, half);
    out.push_back({"patches of pixels", 0, static_cast<double>(raw.nbytes() + patches.nbytes()), [=] {
                       kernels::cuda::patches({frames, 224, 16}, raw.data_ptr<uint8_t>(), {{1, 2, 3}, {1, 1, 1}},
                                              patches.data_ptr(), stream());
                   }});
    constexpr int64_t kParameters = 224'000'000;
    const auto values = torch::randn({kParameters}, full), gradients = torch::randn({kParameters}, full),
               first = torch::zeros({kParameters}, full), second = torch::zeros({kParameters}, full);
    const auto halves = torch::empty({kParameters}, half), flag = torch::zeros({1}, full.dtype(torch::kInt32));
    out.push_back({"AdamW, 224 M weights", 0, 34.0 * kParameters, [=] {
                       kernels::cuda::adamw_step(
                           {values.data_ptr<float>(), gradients.data_ptr<float>(), first.data_ptr<float>(),
                            second.data_ptr<float>(), halves.data_ptr(), kParameters},
                           {1, 0.9f, 0.98f, 1e-6f, 1, 1e-8f}, flag.data_ptr<int>(), stream());
                   }});
    return out;
}

#else

std::vector<MicroOperation> product_operations(const MicroSettings&) {
    return {};
}
std::vector<MicroOperation> attention_choices(const MicroSettings&) {
    return {};
}
std::vector<MicroOperation> kernel_operations(const MicroSettings&) {
    return {};
}

#endif

}  // namespace rest::app
