// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <string>

#include "core/checkpoint/weights.h"
#include "core/kernels/affine.h"
#include "core/kernels/attention.h"
#include "core/kernels/bf16_layers.h"
#include "core/kernels/pre_norm.h"

namespace rest::model {

/// y = x W^T + b.
struct Linear {
    torch::Tensor weight;                                           // (out, in)
    torch::Tensor bias;                                             // (out), may be undefined
    std::shared_ptr<const kernels::PackedWeight> packed = nullptr;  // from `weight` at that time; see packed_for()
    torch::Tensor half_weight = {}, half_bias = {};                 // bfloat16 copies, if the model computes in bf16

    kernels::AffineParameters parameters() const { return {weight, bias}; }
    kernels::bf16::Affine in_bf16() const { return {{weight, half_weight}, {bias, half_bias}}; }
    torch::Tensor operator()(const torch::Tensor& x, kernels::Activation activation = kernels::Activation::none) const;
    /// x W^T + b + residual.
    torch::Tensor onto(const torch::Tensor& residual, const torch::Tensor& x) const;
    /// The same layer with its weight in the layout that is fastest for products with about `rows` rows; valid as long
    /// as the weight does not change.
    Linear packed_for(int64_t rows) const;
};

struct LayerNorm {
    torch::Tensor weight, bias;  // (d)
    double eps = 1e-5;
    kernels::NormParameters parameters() const { return {weight, bias, eps}; }
    kernels::bf16::Norm in_bf16() const { return {weight, bias, eps}; }
    torch::Tensor operator()(const torch::Tensor& x) const;
};

/// linear(norm(x)); in training on the CPU norm(x) is not kept.
torch::Tensor normed(const LayerNorm& norm, const Linear& linear, const torch::Tensor& x);

/// x + fc2(gelu(fc1(norm(x)))); in training on the CPU no more than `kept` is kept.
torch::Tensor feed_forward(const LayerNorm& norm, const Linear& fc1, const Linear& fc2, const torch::Tensor& x,
                           kernels::Kept kept);

/// A vision transformer's first layer: frames (B, 3, S, S) cut into patches of P x P pixels, row by row, each mapped to
/// d values: weight (d, 3, P, P), bias (d) or undefined; a remainder at the right and the bottom is left out. Returns
/// (B, (S / P)^2, d).
torch::Tensor embed_patches(const torch::Tensor& frames, const torch::Tensor& weight, const torch::Tensor& bias);

/// "prefix.weight" and "prefix.bias" of `weights`. Throws Error (damaged) naming the missing tensor.
Linear linear(const checkpoint::Weights& weights, const std::string& prefix, bool bias = true);
/// The same with the bfloat16 copies of that name, if `halves` has any.
Linear linear(const checkpoint::Weights& weights, const checkpoint::Weights& halves, const std::string& prefix);
LayerNorm layer_norm(const checkpoint::Weights& weights, const std::string& prefix, double eps);

/// (B, n, h * c) -> (B, h, n, c) without copying.
torch::Tensor split_heads(const torch::Tensor& x, int64_t heads);
/// The inverse, (B, h, n, c) -> (B, n, h * c).
torch::Tensor merge_heads(const torch::Tensor& x);

}  // namespace rest::model
