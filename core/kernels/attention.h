// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

namespace rest::kernels {

/// Softmax attention: q (B, h, n, c), k and v (B, h, m, c), scores scaled by 1 / sqrt(c), `mask` (broadcast to (B, h,
/// n, m)) added if defined. Returns (B, h, n, c).
///
/// On the CPU in float32, if the mask is undefined or (n, m), each head is computed within one core's cache: the scores
/// of all heads are never in memory, neither forward nor backward, and the result is laid out as (B, n, h, c), so that
/// merging the heads copies nothing.
torch::Tensor attention(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v,
                        const torch::Tensor& mask = {});

}  // namespace rest::kernels
