// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

namespace rest::kernels {

/// Affine layer norm over the last dimension: weight and bias (d).
struct NormParameters {
    torch::Tensor weight, bias;
    double eps = 1e-5;
};

/// x W^T + b: weight (out, in), bias (out).
struct AffineParameters {
    torch::Tensor weight, bias;
};

/// Whether the functions below support these: float32 on the CPU, with something to be trained.
bool pre_norm_takes(const torch::Tensor& x, const NormParameters& norm, const AffineParameters& first);

// The halves of a pre-norm transformer layer in training, differentiable in all tensors. Intermediate values are
// recomputed in the backward pass, a block of rows at a time, instead of being kept. Results depend on the number of
// threads only as far as matrix products do.

/// norm(x) W^T + b. Returns (..., out).
torch::Tensor normed_affine(const torch::Tensor& x, const NormParameters& norm, const AffineParameters& affine);

/// What a layer keeps for its backward pass. For n rows of d and a hidden width of 4 d, `input` keeps n * 4 d floats
/// fewer and computes an additional product of n * 4 d * d.
enum class Kept { input, input_and_hidden };

/// x + gelu(norm(x) W1^T + b1) W2^T + b2: the layer's second half. Returns (..., d).
torch::Tensor pre_norm_feed_forward(const torch::Tensor& x, const NormParameters& norm, const AffineParameters& first,
                                    const AffineParameters& second, Kept kept = Kept::input);

}  // namespace rest::kernels
