// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/tensor/libtorch.h"

namespace rest::kernels {

/// The layout of the (T, H, W, d) positions of each clip in token rows: plane p (frame p % t of clip p / t) begins at p
/// * plane_stride + offset floats, positions follow one another row by row.
struct DepthwiseGrid {
    int64_t clips, t, h, w, d;
    int64_t plane_stride, offset;
    int64_t planes() const { return clips * t; }
    int64_t plane(int64_t p) const { return p * plane_stride + offset; }
};

/// Depth-wise 3x3x3 correlation with zero padding in T, H and W, plus the input itself: out = x + start + sum of taps *
/// x. taps (27, d): tap (dt * 3 + dy) * 3 + dx multiplies the input at offset (dt - 1, dy - 1, dx - 1); start (d).
/// Writes the grid's positions of `out`; float32 on the CPU. Each sum is computed in a fixed order, whatever the number
/// of threads.
void add_correlation(const DepthwiseGrid& grid, const float* x, const torch::Tensor& taps, const torch::Tensor& start,
                     float* out);

/// d loss / d taps of the correlation, (27, d), from the gradient of its output.
torch::Tensor tap_gradient(const DepthwiseGrid& grid, const float* x, const float* gradient);

}  // namespace rest::kernels
