// SPDX-License-Identifier: GPL-3.0-or-later
// Eight values per lane: 16 bytes of bfloat16 or 32 of float32, in float32 registers. Addresses are multiples of 16
// bytes, the widest access of a thread.
#pragma once

#include "core/kernels/cuda/device_code.h"

namespace rest::kernels::cuda {

constexpr int kEight = 8;

__device__ __forceinline__ void load8(const float* from, float (&to)[kEight]) {
    const float4 a = reinterpret_cast<const float4*>(from)[0], b = reinterpret_cast<const float4*>(from)[1];
    to[0] = a.x, to[1] = a.y, to[2] = a.z, to[3] = a.w, to[4] = b.x, to[5] = b.y, to[6] = b.z, to[7] = b.w;
}

__device__ __forceinline__ void load8(const __nv_bfloat16* from, float (&to)[kEight]) {
    const uint4 words = *reinterpret_cast<const uint4*>(from);
    const unsigned pairs[4] = {words.x, words.y, words.z, words.w};
#pragma unroll
    for (int i = 0; i < 4; ++i) {
        to[2 * i] = __uint_as_float(pairs[i] << 16);
        to[2 * i + 1] = __uint_as_float(pairs[i] & 0xffff0000u);
    }
}

__device__ __forceinline__ void store8(float* to, const float (&from)[kEight]) {
    reinterpret_cast<float4*>(to)[0] = make_float4(from[0], from[1], from[2], from[3]);
    reinterpret_cast<float4*>(to)[1] = make_float4(from[4], from[5], from[6], from[7]);
}

__device__ __forceinline__ void store8(__nv_bfloat16* to, const float (&from)[kEight]) {
    __nv_bfloat162 pairs[4];
#pragma unroll
    for (int i = 0; i < 4; ++i) pairs[i] = __float22bfloat162_rn(make_float2(from[2 * i], from[2 * i + 1]));
    uint4 words;
    memcpy(&words, pairs, sizeof(words));
    *reinterpret_cast<uint4*>(to) = words;
}

/// The sum over 8, 16 or 32 neighbouring lanes, returned in all of them.
template <int kLanes>
__device__ __forceinline__ float sum_of_lanes(float x) {
#pragma unroll
    for (int by = 1; by < kLanes; by *= 2) x += __shfl_xor_sync(kAllLanes, x, by);
    return x;
}

}  // namespace rest::kernels::cuda
