// SPDX-License-Identifier: GPL-3.0-or-later
// Sum and layer norm of few rows in one kernel, one warp per row, which stays in registers.
#include "core/kernels/cuda/vectors.h"
#include "core/model/cuda/decoding.h"

namespace rest::model::cuda {

using kernels::cuda::blocks_for;
using kernels::cuda::kEight;
using kernels::cuda::load8;
using kernels::cuda::Number;
using kernels::cuda::store8;
using kernels::cuda::sum_of_lanes;
namespace {

constexpr int kNormThreads = 128;
constexpr int kNormWarps = kNormThreads / 32;

/// The two addends of a row.
struct Addends {
    const void* first;
    const void* second;
    const int64_t* tokens;  // null: both are rows; else `first` holds word embeddings and `second` position embeddings
    const int64_t* length;
};

template <class T, int kParts>
__global__ void __launch_bounds__(kNormThreads) norm_of_sum(Norm n, Addends from, void* out) {
    constexpr int kWidth = kParts * 32 * kEight;
    const int row = static_cast<int>(blockIdx.x) * kNormWarps + static_cast<int>(threadIdx.x) / 32,
              lane = threadIdx.x % 32;
    if (row >= n.rows) return;  // the whole warp
    int64_t first = row, second = row;
    if (from.tokens != nullptr) {
        second = from.length[0] - 1;
        first = from.tokens[second * n.rows + row];
    }
    float x[kParts][kEight], sum = 0;
#pragma unroll
    for (int p = 0; p < kParts; ++p) {
        const int at = (p * 32 + lane) * kEight;
        float y[kEight];
        load8(static_cast<const T*>(from.first) + first * kWidth + at, x[p]);
        load8(static_cast<const T*>(from.second) + second * kWidth + at, y);
#pragma unroll
        for (int i = 0; i < kEight; ++i) sum += x[p][i] += y[i];
    }
    const float mean = sum_of_lanes<32>(sum) / kWidth;
    float squares = 0;
#pragma unroll
    for (int p = 0; p < kParts; ++p) {
#pragma unroll
        for (int i = 0; i < kEight; ++i) {
            x[p][i] -= mean;
            squares = fmaf(x[p][i], x[p][i], squares);
        }
    }
    const float scale = rsqrtf(sum_of_lanes<32>(squares) / kWidth + n.eps);
#pragma unroll
    for (int p = 0; p < kParts; ++p) {
        const int at = (p * 32 + lane) * kEight;
        float weight[kEight], bias[kEight];
        load8(static_cast<const T*>(n.weight) + at, weight);
        load8(static_cast<const T*>(n.bias) + at, bias);
#pragma unroll
        for (int i = 0; i < kEight; ++i) x[p][i] = fmaf(x[p][i] * scale, weight[i], bias[i]);
        store8(static_cast<T*>(out) + int64_t{row} * kWidth + at, x[p]);
    }
}

}  // namespace

#ifndef REST_EMULATED
namespace {

template <class T>
void launch(const Norm& n, const Addends& from, void* out, cudaStream_t stream) {
    const auto blocks = static_cast<unsigned>(blocks_for(n.rows, kNormWarps));
    if (n.width == 1024) {
        norm_of_sum<T, 4><<<blocks, kNormThreads, 0, stream>>>(n, from, out);
    } else {
        norm_of_sum<T, 3><<<blocks, kNormThreads, 0, stream>>>(n, from, out);
    }
    kernels::cuda::check(cudaGetLastError(), "norm_of_sum");
}

void launch(const Norm& n, const Addends& from, void* out, Number type, void* stream) {
    if (type == Number::bfloat16) {
        launch<__nv_bfloat16>(n, from, out, static_cast<cudaStream_t>(stream));
    } else {
        launch<float>(n, from, out, static_cast<cudaStream_t>(stream));
    }
}

}  // namespace

void residual_norm(const Norm& norm, const void* x, const void* residual, void* out, Number type, void* stream) {
    launch(norm, {x, residual, nullptr, nullptr}, out, type, stream);
}

void embed_norm(const Norm& norm, const void* words, const void* positions, const int64_t* tokens,
                const int64_t* length, void* out, Number type, void* stream) {
    launch(norm, {words, positions, tokens, length}, out, type, stream);
}
#endif

}  // namespace rest::model::cuda
