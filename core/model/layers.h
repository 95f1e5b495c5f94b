// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <string>

#include "core/model/weights.h"

namespace rest {

/// y = x W^T + b.
struct Linear {
    torch::Tensor weight;  // (out, in)
    torch::Tensor bias;    // (out), may be undefined
    torch::Tensor operator()(const torch::Tensor& x) const;
};

struct LayerNorm {
    torch::Tensor weight, bias;  // (d)
    double eps = 1e-5;
    torch::Tensor operator()(const torch::Tensor& x) const;
};

/// "prefix.weight" and "prefix.bias" of `weights`. Throws Error (damaged) naming the missing tensor.
Linear linear(const Weights& weights, const std::string& prefix, bool bias = true);
LayerNorm layer_norm(const Weights& weights, const std::string& prefix, double eps);

/// x sigmoid(1.702 x), CLIP's activation.
torch::Tensor quick_gelu(const torch::Tensor& x);

/// (B, n, h * c) -> (B, h, n, c) without copying.
torch::Tensor split_heads(const torch::Tensor& x, int64_t heads);
/// The way back, (B, h, n, c) -> (B, n, h * c).
torch::Tensor merge_heads(const torch::Tensor& x);

/// Softmax attention: q (B, h, n, c), k and v (B, h, m, c), scores scaled by 1 / sqrt(c), `mask` (broadcast to (B, h, n, m))
/// added when defined. Returns (B, h, n, c).
torch::Tensor attention(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v,
                        const torch::Tensor& mask = {});

}  // namespace rest
