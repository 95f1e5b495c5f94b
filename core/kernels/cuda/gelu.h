// SPDX-License-Identifier: GPL-3.0-or-later
// GELU's gradient in bfloat16 on a CUDA device. No LibTorch here: pointers, sizes and a stream.
#pragma once

#include <cstdint>

namespace rest::kernels::cuda {

/// Row-major (rows, columns), columns a multiple of 8.
struct GeluSize {
    int64_t rows, columns;
};

/// Scratch floats that gelu_gradient() needs.
int64_t gelu_scratch(const GeluSize& size);

/// g = gelu'(u) * g in place, with the tanh approximation like product_gelu(), and gradient_bias (columns) float32 +=
/// the sum of the new g's rows, in a fixed order. u and g bfloat16.
void gelu_gradient(const GeluSize& size, const void* u, void* g, float* scratch, float* gradient_bias, void* stream);

}  // namespace rest::kernels::cuda
