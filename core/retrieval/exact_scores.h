// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <cstdint>
#include <functional>
#include <span>

namespace rest::retrieval {

// A matrix product adds up in an order that depends on its shape, so its last bits do too, and with them who wins a
// tie. Retrieval therefore takes products as a first guess of known error and settles what is close by exact_dot().

/// How far a float matrix product's dot product of a row of `a` and a row of `b` (rows, d) can be from exact_dot(), on
/// `device` and whatever its order of summation.
float guess_error(const torch::Tensor& a, const torch::Tensor& b, torch::Device device);

/// out[i] = exact_dot(query, row ids[i] of rows), rows of length d.
void exact_dots(const float* query, const float* rows, std::span<const int32_t> ids, int64_t d, float* out);

/// Contiguous float32 (rows, d) on the CPU. Throws Error (invalid_argument) naming `what` for other shapes and dtypes
/// and for values that are not finite.
torch::Tensor checked_features(const torch::Tensor& features, const char* what);

/// body(i) for i in [0, n) on as many threads as LibTorch may use.
void parallel_rows(int64_t n, const std::function<void(int64_t)>& body);

}  // namespace rest::retrieval
