// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <cstdint>
#include <functional>
#include <span>

namespace rest::retrieval {

// A matrix product's order of summation depends on its shape, and so do its last bits and the winner of a tie.
// Retrieval therefore uses products as guesses of known error and decides close cases by exact_dot().

/// The maximum difference between a float matrix product's result for a row of `a` and a row of `b` (rows, d) and
/// exact_dot(), on `device` and for any order of summation.
float guess_error(const torch::Tensor& a, const torch::Tensor& b, torch::Device device);

/// out[i] = exact_dot(query, row ids[i] of rows), rows of length d.
void exact_dots(const float* query, const float* rows, std::span<const int32_t> ids, int64_t d, float* out);

/// Contiguous float32 (rows, d) on the CPU. Throws Error (invalid_argument) naming `what` for other shapes and dtypes
/// and for NaN or infinity.
torch::Tensor checked_features(const torch::Tensor& features, const char* what);

/// Calls body(i) for i in [0, n) on as many threads as LibTorch may use.
void parallel_rows(int64_t n, const std::function<void(int64_t)>& body);

}  // namespace rest::retrieval
