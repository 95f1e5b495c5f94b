// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

namespace rest {

/// x Phi(x) with the error function, BERT's and ViT's activation, with gradients; any device and type. On the CPU in float32
/// one pass forward and one backward, within 1e-6 of the definition, that need no memory but the result's.
torch::Tensor gelu(const torch::Tensor& x);

/// The same of n floats, on all threads; y may be x.
void gelu(const float* x, float* y, int64_t n);

/// Forward and backward at once, in place: gradients[i] *= gelu'(x[i]), then x[i] = gelu(x[i]).
void gelu_with_gradient(float* x, float* gradients, int64_t n);

}  // namespace rest
