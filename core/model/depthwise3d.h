// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

namespace rest {

/// Depth-wise 3x3x3 convolution with zero padding over (T, H, W) of channels-last data, differentiable.
///
/// x (B, T, H, W, d) contiguous, weight (d, 1, 3, 3, 3), bias (d) -> (B, T, H, W, d).
/// On the CPU in float32 it is 27 shifted multiply-adds a channel vector, bound by memory and not by arithmetic; elsewhere it is
/// Torch's conv3d. The sum of each output is taken in a fixed order, whatever the number of threads.
torch::Tensor depthwise3d(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias);

}  // namespace rest
