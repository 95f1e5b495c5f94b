// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <cstdint>
#include <vector>

namespace rest::retrieval {

/// Guesses of s_vt (Eq. 4) for videos (V, d) and each one's candidates among texts (C, d), both on one device: the
/// candidates' rows are gathered there, a bounded number at a time, and only their scores come to the host. candidates
/// has V lists; the result has the same shape.
std::vector<std::vector<float>> gathered_scores(const torch::Tensor& videos, const torch::Tensor& texts,
                                                const std::vector<std::vector<int32_t>>& candidates);

}  // namespace rest::retrieval
