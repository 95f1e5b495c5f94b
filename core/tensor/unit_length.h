// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

namespace rest::tensor {

/// Scales every vector of the last dimension to Euclidean length 1; a zero vector stays unchanged. Same shape and dtype
/// as `x`.
inline torch::Tensor unit_length(const torch::Tensor& x) {
    return x / x.norm(2, -1, true).clamp_min(1e-12).expand_as(x);
}

}  // namespace rest::tensor
