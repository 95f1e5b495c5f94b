// SPDX-License-Identifier: GPL-3.0-or-later
// The encoder's attention on CUDA by kernels of LibTorch, called by name: if LibTorch chose, it might create a plan for
// every shape.
#include <torch/version.h>

#include "core/kernels/bf16_kernels.h"

namespace rest::kernels::bf16::kernels {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Views (B, n, h, c) of packed queries, keys or values.
torch::Tensor part(const torch::Tensor& qkv, int64_t heads, int64_t which) {
    return qkv.view({qkv.size(0), qkv.size(1), 3, heads, qkv.size(2) / (3 * heads)}).select(2, which);
}

/// cuDNN's attention is a third faster than flash attention at 197 tokens, but takes a second to plan each new shape:
/// used in training, where the shape is constant, and for batches large enough to pay for it.
bool cudnn_pays([[maybe_unused]] const torch::Tensor& qkv) {
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 9)
    constexpr int64_t kFrames = 128;
    return torch::GradMode::is_enabled() && qkv.requires_grad() && qkv.size(0) >= kFrames &&
           at::globalContext().userEnabledCuDNNSDP();
#else
    return false;
#endif
}

torch::Tensor of_heads(const torch::Tensor& x) {
    return x.transpose(1, 2);
}

struct QkvGradients {
    torch::Tensor q, k, v;  // (B, n, h, c)
    torch::Tensor packed(at::IntArrayRef sizes) const { return torch::stack({q, k, v}, 2).view(sizes); }
};

class FlashAttention : public torch::autograd::Function<FlashAttention> {
  public:
    static torch::Tensor forward(AutogradContext* context, const torch::Tensor& qkv, int64_t heads) {
        const int64_t n = qkv.size(1);
        const auto [out, logsumexp, seed, offset, mask] = at::_flash_attention_forward(
            part(qkv, heads, 0), part(qkv, heads, 1), part(qkv, heads, 2), {}, {}, n, n, 0.0, false, false);
        context->save_for_backward({qkv, out, logsumexp, seed, offset});
        context->saved_data["heads"] = heads;
        return out.flatten(2);
    }

    static variable_list backward(AutogradContext* context, variable_list grads) {
        const auto saved = context->get_saved_variables();
        const auto& qkv = saved[0];
        const int64_t heads = context->saved_data["heads"].toInt(), n = qkv.size(1);
        const auto g = grads[0].contiguous().view(saved[1].sizes());
        const auto [q, k, v] =
            at::_flash_attention_backward(g, part(qkv, heads, 0), part(qkv, heads, 1), part(qkv, heads, 2), saved[1],
                                          saved[2], {}, {}, n, n, 0.0, false, saved[3], saved[4]);
        return {QkvGradients{q, k, v}.packed(qkv.sizes()), {}};
    }
};

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 9)
class CudnnAttention : public torch::autograd::Function<CudnnAttention> {
  public:
    static torch::Tensor forward(AutogradContext* context, const torch::Tensor& qkv, int64_t heads) {
        const auto r = at::_scaled_dot_product_cudnn_attention(
            of_heads(part(qkv, heads, 0)), of_heads(part(qkv, heads, 1)), of_heads(part(qkv, heads, 2)), {}, true);
        const auto& out = std::get<0>(r);
        context->save_for_backward({qkv, out, std::get<1>(r), std::get<6>(r), std::get<7>(r)});
        context->saved_data["heads"] = heads;
        return of_heads(out).flatten(2);
    }

    static variable_list backward(AutogradContext* context, variable_list grads) {
        const auto saved = context->get_saved_variables();
        const auto& qkv = saved[0];
        const int64_t heads = context->saved_data["heads"].toInt(), n = qkv.size(1);
        const auto g = of_heads(grads[0].contiguous().view({qkv.size(0), n, heads, -1}));
        const auto [q, k, v] = at::_scaled_dot_product_cudnn_attention_backward(
            g, of_heads(part(qkv, heads, 0)), of_heads(part(qkv, heads, 1)), of_heads(part(qkv, heads, 2)), saved[1],
            saved[2], saved[3], saved[4], {}, {}, {}, n, n, 0.0, false);
        return {QkvGradients{of_heads(q), of_heads(k), of_heads(v)}.packed(qkv.sizes()), {}};
    }
};
#else
using CudnnAttention = FlashAttention;
#endif

}  // namespace

bool take_attention(const torch::Tensor& qkv, int64_t heads) {
    const int64_t channels = qkv.size(2) / (3 * heads);
    return take(qkv) && qkv.scalar_type() == torch::kBFloat16 && channels % 8 == 0 && channels <= 256;
}

torch::Tensor packed_attention(const torch::Tensor& qkv, int64_t heads) {
    const auto packed = qkv.contiguous();
    return cudnn_pays(packed) ? CudnnAttention::apply(packed, heads) : FlashAttention::apply(packed, heads);
}

}  // namespace rest::kernels::bf16::kernels
