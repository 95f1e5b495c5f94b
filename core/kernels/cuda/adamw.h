// SPDX-License-Identifier: GPL-3.0-or-later
// AdamW on a CUDA device in one pass over memory. No LibTorch here: pointers, sizes and a stream.
#pragma once

#include <cstdint>

namespace rest::cuda {

struct AdamWFactors {
    float decay;  // 1 - learning rate * weight decay
    float beta1, beta2;
    float step_size;  // learning rate / (1 - beta1^t)
    float root;       // 1 / sqrt(1 - beta2^t)
    float epsilon;
};

/// `count` float32 each, aligned to 16 bytes; `half`: `count` bfloat16 that receive the new values, or null.
struct AdamWBuffers {
    float *values, *gradients, *first, *second;
    void* half;
    int64_t count;
};

/// One step; the gradients are zero afterwards. *not_finite is set to 1, and otherwise left alone, when a moment, a weight or a
/// weight's square is infinite or NaN.
void adamw_step(const AdamWBuffers& buffers, const AdamWFactors& factors, int* not_finite, void* stream);

}  // namespace rest::cuda
