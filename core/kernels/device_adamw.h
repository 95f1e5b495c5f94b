// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include "core/kernels/cuda/adamw_step.h"

namespace rest::kernels {

/// One step on a CUDA device in one pass: values, gradients, first and second moments (P) float32, contiguous; halves
/// (P) bfloat16 or undefined. Zeroes the gradients and writes the halves. Returns a scalar on the device, non-zero if
/// NaN or infinity occurred; undefined, with nothing done, if there is no kernel for it.
torch::Tensor adamw_on_device(const torch::Tensor& values, const torch::Tensor& gradients, const torch::Tensor& first,
                              const torch::Tensor& second, const torch::Tensor& halves, const AdamWStep& step);

}  // namespace rest::kernels
