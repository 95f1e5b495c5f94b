// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/bf16_layers.h"

#include <torch/version.h>

#include <cmath>
#include <limits>

#include "core/kernels/clip_pixels.h"
#include "core/kernels/temporal_adapter.h"
#ifdef REST_CUDA
#include "core/kernels/bf16_kernels.h"
#endif

namespace rest::kernels::bf16 {
namespace {

/// The operand for LibTorch's operations: in training a cast that autograd tracks.
torch::Tensor read(const Parameter& p) {
    return torch::GradMode::is_enabled() && p.value.requires_grad() ? p.value.to(torch::kBFloat16) : p.half;
}

torch::Tensor plus(const torch::Tensor& y, const torch::Tensor& residual) {
    return residual.defined() ? y + residual : y;
}

torch::Tensor split_heads(const torch::Tensor& x, int64_t heads) {
    return x.view({x.size(0), x.size(1), heads, x.size(2) / heads}).transpose(1, 2);
}

torch::Tensor plain_attention(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v, bool causal) {
    auto scores =
        torch::matmul(q, k.transpose(-1, -2)).to(torch::kFloat32) * (1 / std::sqrt(static_cast<double>(q.size(-1))));
    if (causal) {
        const auto hidden =
            torch::full({q.size(2), k.size(2)}, -std::numeric_limits<float>::infinity(), scores.options()).triu(1);
        scores = scores + hidden;
    }
    return torch::matmul(torch::softmax(scores, -1).to(q.scalar_type()), v);
}

}  // namespace

torch::Tensor affine(const torch::Tensor& x, const Affine& layer, const torch::Tensor& residual) {
#ifdef REST_CUDA
    if (kernels::take_product(x, layer)) return kernels::affine(x, layer, residual);
#endif
    return plus(torch::linear(x, read(layer.weight), read(layer.bias)), residual);
}

torch::Tensor feed_forward(const torch::Tensor& x, const Affine& first, const Affine& second,
                           const torch::Tensor& residual) {
#ifdef REST_CUDA
    if (kernels::take_product(x, first) && kernels::take_product(x, second))
        return kernels::feed_forward(x, first, second, residual);
#endif
    return affine(torch::gelu(affine(x, first)), second, residual);
}

torch::Tensor norm(const torch::Tensor& x, const Norm& layer) {
    return pass_and_norm(x, layer).second;
}

std::pair<torch::Tensor, torch::Tensor> pass_and_norm(const torch::Tensor& x, const Norm& layer) {
#ifdef REST_CUDA
    if (kernels::take_norm(x)) return kernels::pass_and_norm(x, layer);
#endif
    const auto y =
        torch::layer_norm(x.to(torch::kFloat32), {layer.weight.size(0)}, layer.weight, layer.bias, layer.eps);
    return {x, y.to(x.scalar_type())};
}

torch::Tensor packed_attention(const torch::Tensor& qkv, int64_t heads) {
#ifdef REST_CUDA
    if (kernels::take_attention(qkv, heads)) return kernels::packed_attention(qkv, heads);
#endif
    const auto parts = qkv.chunk(3, 2);
    return attention(parts[0], parts[1], parts[2], heads, false);
}

torch::Tensor attention(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v, int64_t heads,
                        bool causal) {
    const auto of_heads = [heads](const torch::Tensor& x) { return split_heads(x, heads); };
    torch::Tensor mixed;
#if TORCH_VERSION_MAJOR >= 2
    // Called by name rather than chosen by LibTorch: cuDNN's would create a plan for every new caption length.
    const int64_t channels = q.size(2) / heads;
    if (q.is_cuda() && channels % 8 == 0 && channels <= 256)
        mixed =
            std::get<0>(at::_scaled_dot_product_flash_attention(of_heads(q), of_heads(k), of_heads(v), 0.0, causal));
#endif
    if (!mixed.defined()) mixed = plain_attention(of_heads(q), of_heads(k), of_heads(v), causal);
    return mixed.transpose(1, 2).reshape(q.sizes());
}

torch::Tensor adapt_in_time(const torch::Tensor& tokens, int64_t frames_per_clip, const torch::Tensor& weight,
                            const torch::Tensor& bias) {
    return rest::kernels::adapt_in_time(tokens, frames_per_clip, weight, bias);
}

torch::Tensor patches_of_pixels(const torch::Tensor& frames, int64_t patch) {
#ifdef REST_CUDA
    if (kernels::take_patches(frames, patch)) return kernels::patches_of_pixels(frames, patch);
#endif
    const auto options = torch::TensorOptions().device(frames.device());
    const auto constants = [&](const std::array<float, 3>& values) {
        // Filled on the device: a copy from the host would synchronise with it.
        auto out = torch::empty({3, 1, 1}, options);
        for (int64_t c = 0; c < 3; ++c) out.select(0, c).fill_(255 * values[static_cast<size_t>(c)]);
        return out;
    };
    const int64_t across = frames.size(2) / patch;
    const auto pixels = (frames.to(torch::kFloat32) - constants(kPixelMean)) / constants(kPixelDeviation);
    return pixels.slice(2, 0, across * patch)
        .slice(3, 0, across * patch)
        .reshape({-1, 3, across, patch, across, patch})
        .permute({0, 2, 4, 1, 3, 5})
        .reshape({-1, 3 * patch * patch})
        .to(torch::kBFloat16);
}

}  // namespace rest::kernels::bf16
