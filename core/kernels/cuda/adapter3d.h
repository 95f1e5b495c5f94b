// SPDX-License-Identifier: GPL-3.0-or-later
// Eq. 1's temporal adapter on a CUDA device. No LibTorch here: pointers, sizes and a stream.
#pragma once

#include <cstdint>

#include "core/kernels/cuda/number.h"

namespace rest::kernels::cuda {

/// Tokens (clips * t, side * side + 1, d), the class token first, a clip's frames consecutive.
struct AdapterShape {
    int64_t clips;
    int t, side, d;
};

/// d a multiple of 64; a side of 7, 14, 16 or 24 patches: 224 pixels by 32 and 16, 256 by 16, 384 by 16.
bool adapter_takes(const AdapterShape& shape);

/// out = x + bias + sum of taps * x for the patches, x for the class tokens: a depth-wise 3x3x3 correlation with zero
/// padding in T, H and W. taps (27, d), tap (dt * 3 + dy) * 3 + dx, and bias (d) float32; bias may be null. `flipped`:
/// the taps in reverse order, which computes the gradient of x from the gradient of out. x and out must not overlap.
void adapter_forward(const AdapterShape& shape, Number number, const void* x, const float* taps, const float* bias,
                     void* out, bool flipped, void* stream);

/// Scratch floats that adapter_tap_gradient() needs.
int64_t adapter_scratch(const AdapterShape& shape);

/// Accumulates in taps_gradient (d, 27) and bias_gradient (d), float32, from the gradient of out. Sums in a fixed
/// order.
void adapter_tap_gradient(const AdapterShape& shape, Number number, const void* x, const void* gradient, float* scratch,
                          float* taps_gradient, float* bias_gradient, void* stream);

}  // namespace rest::kernels::cuda
