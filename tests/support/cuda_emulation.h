// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a CUDA kernel on ordinary threads, a block at a time, to compare its arithmetic and its indexing with brute
// force on machines without a GPU. Include before the .cu file, whose launches are inside `#ifndef REST_EMULATED`.
//
// Shared memory: declare it by REST_SHARED(type, name, count); it belongs to the block that runs. What only occurs on a
// real GPU, above all races between warps, is not found here: compute-sanitizer on a GPU looks for those.
#pragma once
#define REST_EMULATED

#include <algorithm>
#include <atomic>
#include <barrier>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <thread>
#include <type_traits>
#include <vector>

#define __global__
#define __device__
#define __host__
#define __forceinline__ inline
#define __launch_bounds__(...)
#define __restrict__ __restrict
#define __grid_constant__

struct dim3 {
    unsigned x = 1, y = 1, z = 1;
};
struct float2 {
    float x, y;
};
struct alignas(16) float4 {
    float x, y, z, w;
};
struct alignas(16) uint4 {
    unsigned x, y, z, w;
};
struct uint2 {
    unsigned x, y;
};
inline float2 make_float2(float x, float y) {
    return {x, y};
}
inline float4 make_float4(float x, float y, float z, float w) {
    return {x, y, z, w};
}

struct __nv_bfloat16 {
    uint16_t bits;
};
struct __nv_bfloat162 {
    __nv_bfloat16 x, y;
};
inline float __bfloat162float(__nv_bfloat16 v) {
    return std::bit_cast<float>(uint32_t{v.bits} << 16);
}
inline __nv_bfloat16 __float2bfloat16_rn(float f) {
    auto bits = std::bit_cast<uint32_t>(f);
    if ((bits & 0x7fffffff) > 0x7f800000) return {0x7fff};
    bits += 0x7fff + (bits >> 16 & 1);
    return {static_cast<uint16_t>(bits >> 16)};
}
inline __nv_bfloat16 __float2bfloat16(float f) {
    return __float2bfloat16_rn(f);
}
inline float2 __bfloat1622float2(__nv_bfloat162 v) {
    return {__bfloat162float(v.x), __bfloat162float(v.y)};
}
inline __nv_bfloat162 __float22bfloat162_rn(float2 v) {
    return {__float2bfloat16_rn(v.x), __float2bfloat16_rn(v.y)};
}

using std::fmaf;
using std::max;
using std::min;
inline float rsqrtf(float x) {
    return 1 / std::sqrt(x);
}
inline float __expf(float x) {
    return std::exp(x);
}
inline float __logf(float x) {
    return std::log(x);
}
inline int __popc(unsigned x) {
    return std::popcount(x);
}
inline int __ffs(unsigned x) {
    return x == 0 ? 0 : std::countr_zero(x) + 1;
}
inline float __int_as_float(int x) {
    return std::bit_cast<float>(x);
}
inline int __float_as_int(float x) {
    return std::bit_cast<int>(x);
}
inline unsigned __float_as_uint(float x) {
    return std::bit_cast<unsigned>(x);
}
inline float __uint_as_float(unsigned x) {
    return std::bit_cast<float>(x);
}
template <class T>
T __ldg(const T* at) {
    return *at;
}

namespace emulation {

constexpr unsigned kWarp = 32;
constexpr size_t kSharedBytes = 512 << 10;  // more than a block may have
constexpr size_t kDynamicBytes = 227 << 10;

struct Warp {
    explicit Warp(unsigned lanes) : barrier(lanes) {}
    std::barrier<> barrier;
    uint64_t slots[kWarp] = {};
};

struct Block {
    explicit Block(unsigned threads) : barrier(threads), shared(kSharedBytes / sizeof(std::max_align_t)) {
        for (unsigned first = 0; first < threads; first += kWarp)
            warps.push_back(std::make_unique<Warp>(std::min(kWarp, threads - first)));
    }
    std::barrier<> barrier;
    std::vector<std::unique_ptr<Warp>> warps;
    std::vector<std::max_align_t> shared;
    std::atomic<int> votes{0};
};

inline thread_local Block* block = nullptr;
inline thread_local size_t shared_used = 0;

template <class T>
T* shared_memory(size_t count) {
    shared_used = (shared_used + 15) / 16 * 16;
    auto* at = reinterpret_cast<T*>(reinterpret_cast<char*>(block->shared.data()) + shared_used);
    shared_used += count * sizeof(T);
    return at;
}

}  // namespace emulation

inline thread_local dim3 blockIdx, threadIdx, blockDim, gridDim;
#define REST_SHARED(type, name, count) type* name = emulation::shared_memory<type>(count)
#define REST_DYNAMIC_SHARED(type, name) \
    type* name = emulation::shared_memory<type>(emulation::kDynamicBytes / sizeof(type))

inline void __syncthreads() {
    emulation::block->barrier.arrive_and_wait();
}
inline int __syncthreads_or(int value) {
    if (value != 0) emulation::block->votes = 1;
    __syncthreads();
    const int any = emulation::block->votes;
    __syncthreads();
    emulation::block->votes = 0;
    __syncthreads();
    return any;
}

namespace emulation {

inline Warp& warp() {
    return *block->warps[threadIdx.x / kWarp];
}
/// The `value` of lane `lane_of(this lane)`.
template <class T, class F>
T exchange(T value, F lane_of) {
    static_assert(sizeof(T) <= sizeof(uint64_t));
    Warp& w = warp();
    const unsigned lane = threadIdx.x % kWarp;
    std::memcpy(&w.slots[lane], &value, sizeof(T));
    w.barrier.arrive_and_wait();
    const unsigned from = lane_of(lane);
    if (from < kWarp) std::memcpy(&value, &w.slots[from], sizeof(T));
    w.barrier.arrive_and_wait();
    return value;
}

}  // namespace emulation

inline void __syncwarp(unsigned = 0xffffffff) {
    emulation::warp().barrier.arrive_and_wait();
}
template <class T>
T __shfl_xor_sync(unsigned, T value, int mask) {
    return emulation::exchange(value, [=](unsigned lane) { return lane ^ static_cast<unsigned>(mask); });
}
template <class T>
T __shfl_down_sync(unsigned, T value, unsigned by) {
    return emulation::exchange(value, [=](unsigned lane) { return lane + by; });
}
template <class T>
T __shfl_up_sync(unsigned, T value, unsigned by) {
    return emulation::exchange(value, [=](unsigned lane) { return lane - by; });
}
template <class T>
T __shfl_sync(unsigned, T value, int from) {
    return emulation::exchange(value, [=](unsigned) { return static_cast<unsigned>(from); });
}
inline unsigned __ballot_sync(unsigned, bool vote) {
    unsigned all = 0;
    for (unsigned lane = 0; lane < emulation::kWarp; ++lane)
        all |= unsigned{__shfl_sync(0xffffffff, vote, static_cast<int>(lane))} << lane;
    return all;
}
template <class T>
T atomicAdd(T* at, T value) {
    return std::atomic_ref<T>(*at).fetch_add(value);
}
inline unsigned atomicMax(unsigned* at, unsigned value) {
    std::atomic_ref<unsigned> ref(*at);
    unsigned seen = ref.load();
    while (seen < value && !ref.compare_exchange_weak(seen, value)) {
    }
    return seen;
}
template <class T>
T atomicMin(T* at, T value) {
    std::atomic_ref<T> ref(*at);
    T seen = ref.load();
    while (value < seen && !ref.compare_exchange_weak(seen, value)) {
    }
    return seen;
}
inline int __reduce_add_sync(unsigned, int value) {
    for (int by = 16; by > 0; by /= 2) value += __shfl_xor_sync(0xffffffff, value, by);
    return value;
}

namespace emulation {

/// Runs the kernel for every block of the grid, one after another.
inline void launch(dim3 grid, unsigned threads, const std::function<void()>& kernel) {
    for (unsigned z = 0; z < grid.z; ++z) {
        for (unsigned y = 0; y < grid.y; ++y) {
            for (unsigned x = 0; x < grid.x; ++x) {
                Block here(threads);
                std::vector<std::jthread> all;
                for (unsigned t = 0; t < threads; ++t) {
                    all.emplace_back([&, t] {
                        block = &here;
                        shared_used = 0;
                        blockIdx = {x, y, z};
                        threadIdx = {t, 0, 0};
                        blockDim = {threads, 1, 1};
                        gridDim = grid;
                        kernel();
                    });
                }
            }
        }
    }
}

}  // namespace emulation
