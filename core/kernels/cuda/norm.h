// SPDX-License-Identifier: GPL-3.0-or-later
// Layer norm of bfloat16 rows on a CUDA device; its gradient adds the gradients that reach the same x by other paths in
// the same pass over memory. No LibTorch here: pointers, sizes and a stream.
#pragma once

#include <cstdint>

namespace rest::kernels::cuda {

/// Consecutive rows of d bfloat16. d: a multiple of 8, at most 2048.
struct NormSize {
    int64_t rows;
    int64_t d;
};

bool norm_takes(int64_t d);

struct NormForward {
    const void* x;        // (rows, d) bfloat16
    const float* weight;  // (d)
    const float* bias;    // (d)
    float eps;
    void* y;      // (rows, d) bfloat16
    float* mean;  // (rows), for norm_backward(); null together with rstd: not written
    float* rstd;  // (rows)
};
void norm_forward(const NormSize& size, const NormForward& n, void* stream);

struct NormBackward {
    const void* x;         // the x of norm_forward()
    const void* gradient;  // of y, (rows, d) bfloat16
    const void* extra;     // gradient of x by other paths, (rows, d) bfloat16, or null
    const float* weight;
    const float* mean;
    const float* rstd;
    void* gradient_x;        // (rows, d) bfloat16; may be `gradient` or `extra`
    float* scratch;          // norm_scratch(size) floats
    float* gradient_weight;  // (d), accumulated
    float* gradient_bias;    // (d), accumulated
};
int64_t norm_scratch(const NormSize& size);
void norm_backward(const NormSize& size, const NormBackward& n, void* stream);

}  // namespace rest::kernels::cuda
