// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/tensor/libtorch.h"

namespace rest::kernels {

/// x Phi(x) with the error function, BERT's and ViT's activation, differentiable; any device and dtype. On the CPU in
/// float32 one pass forward and one backward, within 1e-6 of the definition, with no memory except for the result.
torch::Tensor gelu(const torch::Tensor& x);

// For products whose bias is not added yet, (rows, columns), on all threads:

/// y = gelu(x + bias). y may be x.
void gelu_of_biased(const float* x, const float* bias, float* y, int64_t rows, int64_t columns);

/// Forward and backward in one pass, in place: gradients *= gelu'(x + bias), then x = gelu(x + bias).
void gelu_of_biased_with_gradient(float* x, const float* bias, float* gradients, int64_t rows, int64_t columns);

}  // namespace rest::kernels
