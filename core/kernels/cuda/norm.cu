// SPDX-License-Identifier: GPL-3.0-or-later
// One warp per row: 8 values per lane and chunk, so a row of 768 is three 16-byte accesses per lane, all in flight at
// once, and its sums need no shared memory.
#include "core/kernels/cuda/norm.h"

#include "core/kernels/cuda/vectors.h"

namespace rest::kernels::cuda {
namespace {

constexpr int kWarpSize = 32, kWarps = 8, kThreads = kWarps * kWarpSize, kChunk = 8 * kWarpSize;
constexpr int kMostBlocks = 528;  // four on each of an H100's 132 SMs
constexpr int kMostChunks = 8;

struct Lane {
    int lane = static_cast<int>(threadIdx.x) % kWarpSize;
    int64_t first_row = int64_t{blockIdx.x} * kWarps + threadIdx.x / kWarpSize;
    int64_t stride = int64_t{gridDim.x} * kWarps;
    __device__ int column(int chunk) const { return chunk * kChunk + lane * 8; }
};

template <int kChunks>
__global__ void __launch_bounds__(kThreads) forward(NormSize size, NormForward n) {
    const Lane at;
    const int d = static_cast<int>(size.d);
    const auto* x = static_cast<const __nv_bfloat16*>(n.x);
    auto* y = static_cast<__nv_bfloat16*>(n.y);
    for (int64_t row = at.first_row; row < size.rows; row += at.stride) {
        float values[kChunks][8];
        float total = 0;
#pragma unroll
        for (int c = 0; c < kChunks; ++c) {
            const int column = at.column(c);
            if (column >= d) continue;
            load8(x + row * d + column, values[c]);
#pragma unroll
            for (int i = 0; i < 8; ++i) total += values[c][i];
        }
        const float mean = sum_of_lanes<kWarpSize>(total) / static_cast<float>(d);
        float squares = 0;
#pragma unroll
        for (int c = 0; c < kChunks; ++c) {
            if (at.column(c) >= d) continue;
#pragma unroll
            for (int i = 0; i < 8; ++i) squares += (values[c][i] - mean) * (values[c][i] - mean);
        }
        const float rstd = rsqrtf(sum_of_lanes<kWarpSize>(squares) / static_cast<float>(d) + n.eps);
#pragma unroll
        for (int c = 0; c < kChunks; ++c) {
            const int column = at.column(c);
            if (column >= d) continue;
            float weight[8], bias[8];
            load8(n.weight + column, weight);
            load8(n.bias + column, bias);
#pragma unroll
            for (int i = 0; i < 8; ++i) values[c][i] = (values[c][i] - mean) * rstd * weight[i] + bias[i];
            store8(y + row * d + column, values[c]);
        }
        if (n.mean != nullptr && at.lane == 0) {
            n.mean[row] = mean;
            n.rstd[row] = rstd;
        }
    }
}

/// Sums the partial results of a block's warps for one chunk of columns, in the order of the warps, and writes them to
/// `out`.
__device__ void write_block_sum(const float (&of_lane)[8], float* shared, const Lane& at, int column, int d,
                                float* out) {
    const int warp = static_cast<int>(threadIdx.x) / kWarpSize;
#pragma unroll
    for (int i = 0; i < 8; ++i) shared[warp * kChunk + at.lane * 8 + i] = of_lane[i];
    __syncthreads();
    if (warp == 0 && column < d) {
#pragma unroll
        for (int i = 0; i < 8; ++i) {
            float sum = 0;
            for (int w = 0; w < kWarps; ++w) sum += shared[w * kChunk + at.lane * 8 + i];
            out[column + i] = sum;
        }
    }
    __syncthreads();
}

template <int kChunks>
__global__ void __launch_bounds__(kThreads) backward(NormSize size, NormBackward n) {
    REST_SHARED(float, shared, kWarps* kChunk);
    const Lane at;
    const int d = static_cast<int>(size.d);
    const auto* x = static_cast<const __nv_bfloat16*>(n.x);
    const auto* gradient = static_cast<const __nv_bfloat16*>(n.gradient);
    const auto* extra = static_cast<const __nv_bfloat16*>(n.extra);
    auto* out = static_cast<__nv_bfloat16*>(n.gradient_x);
    float of_weight[kChunks][8] = {}, of_bias[kChunks][8] = {};
    for (int64_t row = at.first_row; row < size.rows; row += at.stride) {
        const float mean = n.mean[row], rstd = n.rstd[row];
        float normed[kChunks][8], g[kChunks][8];
        float total = 0, along = 0;
#pragma unroll
        for (int c = 0; c < kChunks; ++c) {
            const int column = at.column(c);
            if (column >= d) continue;
            load8(x + row * d + column, normed[c]);
            load8(gradient + row * d + column, g[c]);
            float weight[8];
            load8(n.weight + column, weight);
#pragma unroll
            for (int i = 0; i < 8; ++i) {
                normed[c][i] = (normed[c][i] - mean) * rstd;
                of_weight[c][i] += g[c][i] * normed[c][i];
                of_bias[c][i] += g[c][i];
                g[c][i] *= weight[i];
                total += g[c][i];
                along += g[c][i] * normed[c][i];
            }
        }
        total = sum_of_lanes<kWarpSize>(total) / static_cast<float>(d);
        along = sum_of_lanes<kWarpSize>(along) / static_cast<float>(d);
#pragma unroll
        for (int c = 0; c < kChunks; ++c) {
            const int column = at.column(c);
            if (column >= d) continue;
            float result[8] = {};
            if (extra != nullptr) load8(extra + row * d + column, result);
#pragma unroll
            for (int i = 0; i < 8; ++i) result[i] += rstd * (g[c][i] - total - normed[c][i] * along);
            store8(out + row * d + column, result);
        }
    }
    float* scratch = n.scratch + int64_t{blockIdx.x} * 2 * d;
#pragma unroll
    for (int c = 0; c < kChunks; ++c) {
        write_block_sum(of_weight[c], shared, at, at.column(c), d, scratch);
        write_block_sum(of_bias[c], shared, at, at.column(c), d, scratch + d);
    }
}

/// weight[i] and bias[i] += the sum over blocks, in a fixed order. A warp takes 32 columns; a block's warps take turns
/// at the rows of `scratch`.
__global__ void __launch_bounds__(kThreads)
    add_blocks(const float* scratch, int blocks, int d, float* weight, float* bias) {
    REST_SHARED(float, shared, kThreads);
    const int lane = static_cast<int>(threadIdx.x) % kWarpSize, warp = static_cast<int>(threadIdx.x) / kWarpSize;
    const int column = static_cast<int>(blockIdx.x) * kWarpSize + lane;
    float sum = 0;
    if (column < 2 * d) {
        for (int block = warp; block < blocks; block += kWarps) sum += scratch[int64_t{block} * 2 * d + column];
    }
    shared[threadIdx.x] = sum;
    __syncthreads();
    if (warp != 0 || column >= 2 * d) return;
    for (int w = 1; w < kWarps; ++w) sum += shared[w * kWarpSize + lane];
    float* to = column < d ? weight + column : bias + column - d;
    *to += sum;
}

int blocks_of(const NormSize& size) {
    const int64_t wanted = blocks_for(size.rows, kWarps);
    return static_cast<int>(wanted < kMostBlocks ? wanted : kMostBlocks);
}

#ifndef REST_EMULATED

/// Calls visit(number of chunks per row, as a constant).
template <class Visit>
void with_chunks(int64_t d, Visit visit) {
    switch (blocks_for(d, kChunk)) {
        case 1:
            return visit(std::integral_constant<int, 1>());
        case 2:
            return visit(std::integral_constant<int, 2>());
        case 3:
            return visit(std::integral_constant<int, 3>());
        case 4:
            return visit(std::integral_constant<int, 4>());
        default:
            return visit(std::integral_constant<int, kMostChunks>());
    }
}

#endif

}  // namespace

bool norm_takes(int64_t d) {
    return d > 0 && d % 8 == 0 && d <= kMostChunks * kChunk;
}

int64_t norm_scratch(const NormSize& size) {
    return int64_t{blocks_of(size)} * 2 * size.d;
}

#ifndef REST_EMULATED

void norm_forward(const NormSize& size, const NormForward& n, void* stream) {
    if (size.rows == 0) return;
    // More blocks than in backward: no sums over rows are needed.
    const auto blocks = static_cast<unsigned>(blocks_for(size.rows, kWarps));
    with_chunks(size.d, [&](auto chunks) {
        forward<decltype(chunks)::value><<<blocks, kThreads, 0, static_cast<cudaStream_t>(stream)>>>(size, n);
    });
    check(cudaGetLastError(), "layer norm");
}

void norm_backward(const NormSize& size, const NormBackward& n, void* stream) {
    if (size.rows == 0) return;
    const auto on = static_cast<cudaStream_t>(stream);
    const int blocks = blocks_of(size), d = static_cast<int>(size.d);
    with_chunks(size.d, [&](auto chunks) {
        backward<decltype(chunks)::value><<<static_cast<unsigned>(blocks), kThreads, 0, on>>>(size, n);
    });
    add_blocks<<<static_cast<unsigned>(blocks_for(2 * d, kWarpSize)), kThreads, 0, on>>>(
        n.scratch, blocks, d, n.gradient_weight, n.gradient_bias);
    check(cudaGetLastError(), "layer norm's gradient");
}

#endif

}  // namespace rest::kernels::cuda
