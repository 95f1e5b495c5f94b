// SPDX-License-Identifier: GPL-3.0-or-later
// 32 bytes per weight and 2 for its bfloat16 copy: memory-bound.
#include "core/kernels/cuda/adamw.h"

#include "core/kernels/cuda/device_code.h"

namespace rest::kernels::cuda {
namespace {

__device__ bool is_finite(float x) {
    return (__float_as_uint(x) & 0x7fffffffu) < 0x7f800000u;
}

/// Equal to update_range() of core/training/adamw.cpp, value by value.
__device__ bool update(float& p, float g, float& m, float& v, const AdamWStep& f) {
    m = f.beta1 * m + (1 - f.beta1) * g;
    v = f.beta2 * v + (1 - f.beta2) * g * g;
    p = p * f.decay - f.step_size * m / (sqrtf(v) * f.root + f.epsilon);
    return is_finite(p * p) && is_finite(m) && is_finite(v);
}

__global__ void step(AdamWBuffers b, AdamWStep f, int* not_finite) {
    const int64_t stride = int64_t{gridDim.x} * blockDim.x, first = int64_t{blockIdx.x} * blockDim.x + threadIdx.x;
    auto* half = static_cast<__nv_bfloat16*>(b.half);
    bool finite = true;
    for (int64_t four = first; four < b.count / 4; four += stride) {
        float4 p = reinterpret_cast<float4*>(b.values)[four], m = reinterpret_cast<float4*>(b.first)[four];
        float4 v = reinterpret_cast<float4*>(b.second)[four];
        const float4 g = reinterpret_cast<const float4*>(b.gradients)[four];
        finite = update(p.x, g.x, m.x, v.x, f) && finite;
        finite = update(p.y, g.y, m.y, v.y, f) && finite;
        finite = update(p.z, g.z, m.z, v.z, f) && finite;
        finite = update(p.w, g.w, m.w, v.w, f) && finite;
        reinterpret_cast<float4*>(b.values)[four] = p;
        reinterpret_cast<float4*>(b.first)[four] = m;
        reinterpret_cast<float4*>(b.second)[four] = v;
        reinterpret_cast<float4*>(b.gradients)[four] = make_float4(0, 0, 0, 0);
        if (half != nullptr) {
            auto* pairs = reinterpret_cast<__nv_bfloat162*>(half) + 2 * four;
            pairs[0] = __float22bfloat162_rn(make_float2(p.x, p.y));
            pairs[1] = __float22bfloat162_rn(make_float2(p.z, p.w));
        }
    }
    for (int64_t i = b.count / 4 * 4 + first; i < b.count; i += stride) {
        finite = update(b.values[i], b.gradients[i], b.first[i], b.second[i], f) && finite;
        b.gradients[i] = 0;
        if (half != nullptr) half[i] = __float2bfloat16_rn(b.values[i]);
    }
    if (!finite) *not_finite = 1;
}

}  // namespace

#ifndef REST_EMULATED

void adamw_step(const AdamWBuffers& buffers, const AdamWStep& factors, int* not_finite, void* stream) {
    constexpr int kThreads = 256;
    constexpr int64_t kMostBlocks = 132 * 16;
    const int64_t wanted = blocks_for(buffers.count, 4 * kThreads);
    const auto blocks = static_cast<unsigned>(wanted < 1 ? 1 : wanted < kMostBlocks ? wanted : kMostBlocks);
    step<<<blocks, kThreads, 0, static_cast<cudaStream_t>(stream)>>>(buffers, factors, not_finite);
    check(cudaGetLastError(), "AdamW");
}

#endif

}  // namespace rest::kernels::cuda
