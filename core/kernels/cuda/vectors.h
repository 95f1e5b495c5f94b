// SPDX-License-Identifier: GPL-3.0-or-later
// Eight bfloat16 as one access of 16 bytes, the widest a thread can make.
#pragma once

#include "core/kernels/cuda/device_code.h"

namespace rest::cuda {

struct alignas(16) Bf16x8 {
    __nv_bfloat162 pair[4];
};

__device__ inline void load8(const __nv_bfloat16* from, float (&to)[8]) {
    const Bf16x8 raw = *reinterpret_cast<const Bf16x8*>(from);
#pragma unroll
    for (int i = 0; i < 4; ++i) {
        const float2 both = __bfloat1622float2(raw.pair[i]);
        to[2 * i] = both.x;
        to[2 * i + 1] = both.y;
    }
}

__device__ inline void store8(__nv_bfloat16* to, const float (&from)[8]) {
    Bf16x8 raw;
#pragma unroll
    for (int i = 0; i < 4; ++i) raw.pair[i] = __float22bfloat162_rn(make_float2(from[2 * i], from[2 * i + 1]));
    *reinterpret_cast<Bf16x8*>(to) = raw;
}

__device__ inline void load8(const float* from, float (&to)[8]) {
    const float4 low = reinterpret_cast<const float4*>(from)[0], high = reinterpret_cast<const float4*>(from)[1];
    to[0] = low.x, to[1] = low.y, to[2] = low.z, to[3] = low.w;
    to[4] = high.x, to[5] = high.y, to[6] = high.z, to[7] = high.w;
}

__device__ inline float sum_of_warp(float x) {
    for (int mask = 16; mask > 0; mask /= 2) x += __shfl_xor_sync(0xffffffffu, x, mask);
    return x;
}

}  // namespace rest::cuda
