// SPDX-License-Identifier: GPL-3.0-or-later
// A separate kernel, since cuBLASLt's epilogue for it (DGELU_BGRAD) makes its product four times slower: 2.83 ms
// instead of 0.71 on an H100 at 100,864 rows of 3,072. Memory-bound: 6 bytes per value.
#include "core/kernels/cuda/gelu.h"

#include <cmath>

#include "core/kernels/cuda/vectors.h"

namespace rest::kernels::cuda {
namespace {

constexpr int kGeluThreads = 128, kGeluRowBlocks = 176;

__device__ inline float quick_tanh(float x) {
#ifdef REST_EMULATED
    return std::tanh(x);
#else
    float y;
    asm("tanh.approx.f32 %0, %1;" : "=f"(y) : "f"(x));  // error up to 2^-11, half a step of bfloat16
    return y;
#endif
}

__device__ inline float gelu_slope(float x) {
    constexpr float kRoot = 0.7978845608f, kCube = 0.044715f;  // sqrt(2 / pi)
    const float t = quick_tanh(kRoot * (x + kCube * x * x * x));
    return 0.5f * (1 + t) + 0.5f * x * (1 - t * t) * kRoot * (1 + 3 * kCube * x * x);
}

/// A thread has 8 columns and strides over every gridDim.y-th row.
__global__ void __launch_bounds__(kGeluThreads)
    scale(GeluSize size, const __nv_bfloat16* u, __nv_bfloat16* g, float* scratch) {
    const int64_t column = (int64_t{blockIdx.x} * kGeluThreads + threadIdx.x) * 8;
    if (column >= size.columns) return;
    float sums[8] = {};
#pragma unroll 4
    for (int64_t row = blockIdx.y; row < size.rows; row += gridDim.y) {
        float x[8], gradient[8];
        load8(u + row * size.columns + column, x);
        load8(g + row * size.columns + column, gradient);
#pragma unroll
        for (int i = 0; i < 8; ++i) {
            gradient[i] *= gelu_slope(x[i]);
            sums[i] += gradient[i];
        }
        store8(g + row * size.columns + column, gradient);
    }
    float* to = scratch + int64_t{blockIdx.y} * size.columns + column;
    for (int i = 0; i < 8; ++i) to[i] = sums[i];
}

__global__ void add_row_blocks(const float* scratch, int blocks, int64_t columns, float* to) {
    const int64_t column = int64_t{blockIdx.x} * blockDim.x + threadIdx.x;
    if (column >= columns) return;
    float sum = 0;
    for (int block = 0; block < blocks; ++block) sum += scratch[block * columns + column];
    to[column] += sum;
}

}  // namespace

int64_t gelu_scratch(const GeluSize& size) {
    return kGeluRowBlocks * size.columns;
}

#ifndef REST_EMULATED

void gelu_gradient(const GeluSize& size, const void* u, void* g, float* scratch, float* gradient_bias, void* stream) {
    const auto on = static_cast<cudaStream_t>(stream);
    const dim3 grid(static_cast<unsigned>(blocks_for(size.columns, 8 * kGeluThreads)), kGeluRowBlocks);
    scale<<<grid, kGeluThreads, 0, on>>>(size, static_cast<const __nv_bfloat16*>(u), static_cast<__nv_bfloat16*>(g),
                                         scratch);
    add_row_blocks<<<static_cast<unsigned>(blocks_for(size.columns, 128)), 128, 0, on>>>(scratch, kGeluRowBlocks,
                                                                                         size.columns, gradient_bias);
    check(cudaGetLastError(), "GELU's gradient");
}

#endif

}  // namespace rest::kernels::cuda
