// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernels/inner_product.h"

namespace rest::kernels {

/// activation(x W^T + b) + residual, differentiable. x (..., in), weight (out, in), bias (out) or undefined, residual
/// (..., out) or undefined; any device and dtype.
torch::Tensor affine(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                     const InnerProductExtras& extras = {});

/// x sigmoid(1.702 x), CLIP's activation.
torch::Tensor quick_gelu(const torch::Tensor& x);

}  // namespace rest::kernels
