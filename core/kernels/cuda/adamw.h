// SPDX-License-Identifier: GPL-3.0-or-later
// AdamW on a CUDA device in one pass over memory. No LibTorch here: pointers, sizes and a stream.
#pragma once

#include <cstdint>

#include "core/kernels/cuda/adamw_step.h"

namespace rest::kernels::cuda {

/// `count` float32 each, aligned to 16 bytes; `half`: `count` bfloat16 for the new values, or null.
struct AdamWBuffers {
    float *values, *gradients, *first, *second;
    void* half;
    int64_t count;
};

/// One step; zeroes the gradients afterwards. *not_finite is set to 1 if a moment, a weight or a weight's square is
/// infinite or NaN, and otherwise left unchanged.
void adamw_step(const AdamWBuffers& buffers, const AdamWStep& factors, int* not_finite, void* stream);

}  // namespace rest::kernels::cuda
