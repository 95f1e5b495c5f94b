// SPDX-License-Identifier: GPL-3.0-or-later
// bf16_layers.h on CUDA. Included only by bf16_layers.cpp, and only if REST_CUDA is defined.
#pragma once

#include <cstdint>

#include "core/kernels/bf16_layers.h"

namespace rest::kernels::bf16::kernels {

/// True for tensors on CUDA, unless the environment sets REST_KERNELS=off (for comparison with LibTorch's operations).
bool take(const torch::Tensor& x);
/// Rows of weights and results must be aligned to 16 bytes: `in` and `out` multiples of 8.
bool take_product(const torch::Tensor& x, const Affine& layer);
/// (B, n, 3 * h * c) with c a multiple of 8, at most 256.
bool take_attention(const torch::Tensor& qkv, int64_t heads);
bool take_norm(const torch::Tensor& x);
bool take_adapter(const torch::Tensor& tokens, int64_t frames_per_clip);
bool take_patches(const torch::Tensor& frames, int64_t patch);

torch::Tensor affine(const torch::Tensor& x, const Affine& layer, const torch::Tensor& residual);
torch::Tensor feed_forward(const torch::Tensor& x, const Affine& first, const Affine& second,
                           const torch::Tensor& residual);
std::pair<torch::Tensor, torch::Tensor> pass_and_norm(const torch::Tensor& x, const Norm& layer);
torch::Tensor packed_attention(const torch::Tensor& qkv, int64_t heads);
/// tokens float32 or bfloat16.
torch::Tensor adapt_in_time(const torch::Tensor& tokens, int64_t frames_per_clip, const torch::Tensor& weight,
                            const torch::Tensor& bias);
torch::Tensor patches_of_pixels(const torch::Tensor& frames, int64_t patch);

}  // namespace rest::kernels::bf16::kernels
