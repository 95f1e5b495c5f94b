// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/tensor/libtorch.h"

namespace rest::kernels {

/// Eq. 1's adapter on the patch tokens of clips: x + DWConv3x3x3(x), zero padding in T, H and W; class tokens pass
/// through unchanged.
///
/// tokens (B * T, side * side + 1, d), the class token first and a clip's frames consecutive; weight (d, 1, 3, 3, 3),
/// bias (d); returns the same shape. Differentiable. On the CPU in float32 it is 27 shifted multiply-adds over the
/// tokens in place; elsewhere it is Torch's conv3d.
torch::Tensor adapt_in_time(const torch::Tensor& tokens, int64_t frames_per_clip, const torch::Tensor& weight,
                            const torch::Tensor& bias);

}  // namespace rest::kernels
