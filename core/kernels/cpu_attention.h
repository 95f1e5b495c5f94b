// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

namespace rest::kernels {

/// Whether cpu_attention() supports these tensors.
bool cpu_attention_takes(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v,
                         const torch::Tensor& mask);

/// attention() of attention.h for float32 on the CPU, differentiable in q, k and v.
torch::Tensor cpu_attention(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v,
                            const torch::Tensor& mask);

}  // namespace rest::kernels
