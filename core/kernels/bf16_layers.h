// SPDX-License-Identifier: GPL-3.0-or-later
// The layers of a transformer in bfloat16, with gradients in float32. On CUDA, in a build with REST_CUDA, by our own
// kernels and cuBLASLt; elsewhere by LibTorch's operations, so that the models that use them run and are tested on any
// device.
//
// Activations are bfloat16 throughout, residual stream included: norms compute in float32 internally but read and write
// 2 bytes per value. The products themselves accumulate parameter gradients in value.grad() in float32.
#pragma once

#include "core/tensor/libtorch.h"

#include <cstdint>
#include <utility>

namespace rest::kernels::bf16 {

/// A parameter and its bfloat16 copy that products read; both must be changed together.
struct Parameter {
    torch::Tensor value;  // float32, trained; its gradient is accumulated in value.grad()
    torch::Tensor half;   // the same in bfloat16, on the same device
};

struct Affine {
    Parameter weight;  // (out, in)
    Parameter bias;    // (out)
};

struct Norm {
    torch::Tensor weight, bias;  // (d) float32
    double eps = 1e-5;
};

/// x W^T + b + residual: x (..., in), residual (..., out) or undefined; bfloat16.
torch::Tensor affine(const torch::Tensor& x, const Affine& layer, const torch::Tensor& residual = {});

/// residual + gelu(x W1^T + b1) W2^T + b2. On CUDA with GELU's tanh approximation (see core/kernels/cuda/products.h).
torch::Tensor feed_forward(const torch::Tensor& x, const Affine& first, const Affine& second,
                           const torch::Tensor& residual);

torch::Tensor norm(const torch::Tensor& x, const Norm& layer);

/// {x, norm(x)}: for a layer that adds x again later. Use the first of the two for that: the gradients of both paths
/// are then summed in the norm's backward kernel.
std::pair<torch::Tensor, torch::Tensor> pass_and_norm(const torch::Tensor& x, const Norm& layer);

/// Self-attention: qkv (B, n, 3 * h * c), queries first -> (B, n, h * c).
torch::Tensor packed_attention(const torch::Tensor& qkv, int64_t heads);

/// q (B, n, h * c), k and v (B, m, h * c) -> (B, n, h * c). `causal`: token i sees the first i + 1 keys; n = m then.
torch::Tensor attention(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v, int64_t heads,
                        bool causal);

/// Eq. 1, like adapt_in_time() of temporal_adapter.h; weight and bias float32.
torch::Tensor adapt_in_time(const torch::Tensor& tokens, int64_t frames_per_clip, const torch::Tensor& weight,
                            const torch::Tensor& bias);

/// frames (F, 3, S, S) uint8 -> patches (F * (S / patch)^2, 3 * patch^2) bfloat16, normalised by CLIP's mean and
/// deviation.
torch::Tensor patches_of_pixels(const torch::Tensor& frames, int64_t patch);

}  // namespace rest::kernels::bf16
