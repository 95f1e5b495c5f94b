// SPDX-License-Identifier: GPL-3.0-or-later
// Attention with one query per row. Both kernels read each key and value once, with eight lanes of eight channels each:
// a warp's four groups of lanes process four tokens at a time, each with its own running softmax; these are merged at
// the end.
#include "core/kernels/cuda/vectors.h"
#include "core/model/cuda/decoding.h"

namespace rest::model::cuda {

using kernels::cuda::blocks_for;
using kernels::cuda::kAllLanes;
using kernels::cuda::kEight;
using kernels::cuda::load8;
using kernels::cuda::Number;
using kernels::cuda::store8;
using kernels::cuda::sum_of_lanes;
namespace {

constexpr int kAttentionThreads = 128;
constexpr int kAttentionWarps = kAttentionThreads / 32;
constexpr int kGroup = kChannels / kEight;  // lanes that share a token
constexpr int kGroups = 32 / kGroup;        // tokens that a warp processes together
constexpr float kNone = -1e30f;             // below every score; -inf - -inf would be NaN before the first token
constexpr float kScale = 0.125f;            // 1 / sqrt(kChannels)

/// A running softmax: sum and weighted values, both times exp(-highest).
struct Softmax {
    float highest = kNone, sum = 0;
    float values[kEight] = {};

    __device__ __forceinline__ void add(float score, const float (&value)[kEight]) {
        const float top = fmaxf(highest, score), old = __expf(highest - top), now = __expf(score - top);
        sum = sum * old + now;
#pragma unroll
        for (int i = 0; i < kEight; ++i) values[i] = values[i] * old + now * value[i];
        highest = top;
    }

    /// Merges the groups of a warp; the result is in all lanes.
    __device__ __forceinline__ void merge_groups() {
#pragma unroll
        for (int by = kGroup; by < 32; by *= 2) {
            const float other = __shfl_xor_sync(kAllLanes, highest, by);
            const float top = fmaxf(highest, other), mine = __expf(highest - top), theirs = __expf(other - top);
            sum = sum * mine + __shfl_xor_sync(kAllLanes, sum, by) * theirs;
#pragma unroll
            for (int i = 0; i < kEight; ++i)
                values[i] = values[i] * mine + __shfl_xor_sync(kAllLanes, values[i], by) * theirs;
            highest = top;
        }
    }
};

__device__ __forceinline__ float dot(const float (&a)[kEight], const float (&b)[kEight]) {
    float sum = 0;
#pragma unroll
    for (int i = 0; i < kEight; ++i) sum = fmaf(a[i], b[i], sum);
    return sum_of_lanes<kGroup>(sum);
}

template <class T>
__device__ __forceinline__ void load_query(const T* from, float (&query)[kEight]) {
    load8(from, query);
#pragma unroll
    for (int i = 0; i < kEight; ++i) query[i] *= kScale;
}

/// One warp per row and head.
template <class T>
__global__ void __launch_bounds__(kAttentionThreads) self_attention(SelfAttention a) {
    const int task = static_cast<int>(blockIdx.x) * kAttentionWarps + static_cast<int>(threadIdx.x) / 32;
    if (task >= a.rows * a.heads) return;  // the whole warp
    const int row = task / a.heads, head = task % a.heads, lane = threadIdx.x % 32;
    const int group = lane / kGroup, at = head * kChannels + lane % kGroup * kEight, width = a.heads * kChannels;
    const int newest = static_cast<int>(a.length[0]) - 1;
    const T* joined = static_cast<const T*>(a.joined) + int64_t{3} * row * width + at;
    T* keys = static_cast<T*>(a.keys);
    T* values = static_cast<T*>(a.values);
    const int64_t* ancestors = a.ancestors + int64_t{row} * a.positions;

    float query[kEight], key[kEight], value[kEight];
    load_query(joined, query);
    load8(joined + width, key);
    load8(joined + 2 * width, value);
    if (group == 0) {
        const int64_t own = (int64_t{row} * a.positions + newest) * width + at;
        store8(keys + own, key);
        store8(values + own, value);
    }
    Softmax softmax;
    const float score = dot(query, key);  // from registers: other lanes need not see the value just written
    if (group == 0) softmax.add(score, value);
    for (int first = 0; first < newest; first += kGroups) {
        const int t = min(first + group, newest - 1);
        const int64_t place = (ancestors[t] * a.positions + t) * width + at;
        load8(keys + place, key);
        load8(values + place, value);
        const float earlier = dot(query, key);
        if (first + group < newest) softmax.add(earlier, value);
    }
    softmax.merge_groups();
    if (group != 0) return;
#pragma unroll
    for (int i = 0; i < kEight; ++i) softmax.values[i] /= softmax.sum;
    store8(static_cast<T*>(a.out) + int64_t{row} * width + at, softmax.values);
}

/// The softmax states of a block's warps, to be merged.
struct WarpsSaw {
    float* highest;  // (kAttentionWarps, queries)
    float* sum;
    float* values;  // (kAttentionWarps, queries, kChannels)
};

/// Channel by channel, by all threads. `out`: the first query's channels of this head.
template <class T>
__device__ void merge_warps(const WarpsSaw& saw, int stride, int queries, T* out, int width) {
    for (int i = threadIdx.x; i < queries * kChannels; i += kAttentionThreads) {
        const int q = i / kChannels, c = i % kChannels;
        float top = kNone, sum = 0, value = 0;
        for (int w = 0; w < kAttentionWarps; ++w) top = fmaxf(top, saw.highest[w * stride + q]);
        for (int w = 0; w < kAttentionWarps; ++w) {
            const float part = __expf(saw.highest[w * stride + q] - top);
            sum += saw.sum[w * stride + q] * part;
            value += saw.values[(w * stride + q) * kChannels + c] * part;
        }
        const float mean = value / sum;
        if constexpr (sizeof(T) == sizeof(float)) {
            out[int64_t{q} * width + c] = mean;
        } else {
            out[int64_t{q} * width + c] = __float2bfloat16(mean);
        }
    }
}

/// One block per video, head and group of up to kQueries of its queries.
template <class T, int kQueries>
__global__ void __launch_bounds__(kAttentionThreads) cross_attention(CrossAttention a) {
    const int video = blockIdx.x, head = blockIdx.y, warp = threadIdx.x / 32, lane = threadIdx.x % 32;
    const int first_query = static_cast<int>(blockIdx.z) * kQueries, queries = min(kQueries, a.queries - first_query);
    const int part = head * kChannels + lane % kGroup * kEight, width = a.heads * kChannels;
    const int64_t first_row = int64_t{video} * a.queries + first_query;
    const int64_t start = video * a.video_stride + part;
    const T* keys = reinterpret_cast<const T*>(a.places[0]) + start;
    const T* values = reinterpret_cast<const T*>(a.places[1]) + start;

    float query[kQueries][kEight];
#pragma unroll
    for (int q = 0; q < kQueries; ++q)
        load_query(static_cast<const T*>(a.query) + (first_row + min(q, queries - 1)) * width + part, query[q]);
    Softmax softmax[kQueries];
#pragma unroll 2
    for (int first = warp * kGroups; first < a.tokens; first += kAttentionWarps * kGroups) {
        const int t = first + lane / kGroup;
        const int64_t place = min(t, a.tokens - 1) * a.token_stride;
        float key[kEight], value[kEight];
        load8(keys + place, key);
        load8(values + place, value);
#pragma unroll
        for (int q = 0; q < kQueries; ++q) {
            const float score = dot(query[q], key);
            if (t < a.tokens) softmax[q].add(score, value);
        }
    }
    REST_SHARED(float, highest, kAttentionWarps* kQueries);
    REST_SHARED(float, sum, kAttentionWarps* kQueries);
    REST_SHARED(float4, aligned, kAttentionWarps * kQueries * kChannels / 4);
    float* seen = reinterpret_cast<float*>(aligned);
#pragma unroll
    for (int q = 0; q < kQueries; ++q) {
        softmax[q].merge_groups();
        const int slot = warp * kQueries + q;
        if (lane == 0) highest[slot] = softmax[q].highest, sum[slot] = softmax[q].sum;
        if (lane < kGroup) store8(seen + slot * kChannels + lane * kEight, softmax[q].values);
    }
    __syncthreads();
    merge_warps(WarpsSaw{highest, sum, seen}, kQueries, queries,
                static_cast<T*>(a.out) + first_row * width + head * kChannels, width);
}

}  // namespace

#ifndef REST_EMULATED
namespace {

template <class T>
void cross_attend_of(const CrossAttention& a, cudaStream_t stream) {
    constexpr int kMost = 4;
    const int together = a.queries < kMost ? a.queries : kMost;
    const dim3 grid(a.videos, a.heads, static_cast<unsigned>(blocks_for(a.queries, together)));
    switch (together) {
        case 1:
            cross_attention<T, 1><<<grid, kAttentionThreads, 0, stream>>>(a);
            break;
        case 2:
            cross_attention<T, 2><<<grid, kAttentionThreads, 0, stream>>>(a);
            break;
        case 3:
            cross_attention<T, 3><<<grid, kAttentionThreads, 0, stream>>>(a);
            break;
        default:
            cross_attention<T, 4><<<grid, kAttentionThreads, 0, stream>>>(a);
            break;
    }
}

}  // namespace

void self_attend(const SelfAttention& a, Number type, void* stream) {
    const auto blocks = static_cast<unsigned>(blocks_for(int64_t{a.rows} * a.heads, kAttentionWarps));
    if (type == Number::bfloat16) {
        self_attention<__nv_bfloat16><<<blocks, kAttentionThreads, 0, static_cast<cudaStream_t>(stream)>>>(a);
    } else {
        self_attention<float><<<blocks, kAttentionThreads, 0, static_cast<cudaStream_t>(stream)>>>(a);
    }
    kernels::cuda::check(cudaGetLastError(), "self_attend");
}

void cross_attend(const CrossAttention& a, Number type, void* stream) {
    if (type == Number::bfloat16) {
        cross_attend_of<__nv_bfloat16>(a, static_cast<cudaStream_t>(stream));
    } else {
        cross_attend_of<float>(a, static_cast<cudaStream_t>(stream));
    }
    kernels::cuda::check(cudaGetLastError(), "cross_attend");
}
#endif

}  // namespace rest::model::cuda
