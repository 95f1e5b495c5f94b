// SPDX-License-Identifier: GPL-3.0-or-later
// For .cu files only: shared code of the retrieval kernels. A block is any whole number of warps.
#pragma once

#include <cstdint>

#include "core/kernels/cuda/device_code.h"

namespace rest::retrieval::cuda {

constexpr int kThreads = 256;

/// A score and an index packed in one integer, as in TopList: better scores and, among equal ones, lower indices are
/// smaller.
using Entry = unsigned long long;
constexpr Entry kNoEntry = ~Entry{0};

// Avoids -0, which would sort after 0.
__device__ inline unsigned ordered(float score) {
    const unsigned bits = __float_as_uint(score + 0.0f);
    return bits >> 31 ? bits : bits ^ 0x7fffffffu;
}
__device__ inline Entry make_entry(float score, unsigned index) {
    return Entry{ordered(score)} << 32 | index;
}
__device__ inline int index_of(Entry entry) {
    return static_cast<int>(entry & 0xffffffffu);
}
__device__ inline float score_of(Entry entry) {
    const auto order = static_cast<unsigned>(entry >> 32);
    return __uint_as_float(order >> 31 ? order : order ^ 0x7fffffffu);
}

/// A repeatable count over a block, with one barrier each time: the next count's slot is set to 0 while this one is
/// read.
class Tally {
  public:
    /// `slots` are three ints in the block's shared memory.
    __device__ explicit Tally(int* slots) : slots_(slots) {
        if (threadIdx.x < 3) slots_[threadIdx.x] = 0;
        __syncthreads();
    }
    /// Returns the count before the addition.
    __device__ int add(int count) { return atomicAdd(&slots_[turn_], count); }
    /// Returns the same sum in every thread; also a barrier for their earlier writes.
    __device__ int total() {
        const int now = turn_;
        turn_ = turn_ == 2 ? 0 : turn_ + 1;
        if (threadIdx.x == 0) slots_[turn_] = 0;
        __syncthreads();
        return slots_[now];
    }

  private:
    int* slots_;
    int turn_ = 0;
};

struct alignas(16) DoublePair {
    double x, y;
};

/// Copies a row of d floats into shared memory as doubles, by all threads of the block; a barrier must follow.
__device__ inline void load_query(const float* row, int d, DoublePair* query) {
    for (int i = threadIdx.x; i < d / 2; i += blockDim.x) query[i] = {row[2 * i], row[2 * i + 1]};
}

/// Bit-identical to exact_dot() of a row and a query: four neighbouring threads, `part` 0 to 3, compute four of its 16
/// partial sums each, which are added in its order. d is a multiple of 16 (zero padding changes nothing), rows are
/// aligned to 16 bytes. All lanes of a warp must call this; each of the four gets the result.
__device__ inline float exact_dot_by_four(const float* __restrict__ row, const DoublePair* query, int d, int part) {
    const float4* from = reinterpret_cast<const float4*>(row) + part;
    const DoublePair* with = query + 2 * part;
    double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
#pragma unroll 4
    for (int i = 0; i < d / 16; ++i) {
        const float4 v = __ldg(from + 4 * i);
        const DoublePair a = with[8 * i], b = with[8 * i + 1];
        s0 += v.x * a.x;
        s1 += v.y * a.y;
        s2 += v.z * b.x;
        s3 += v.w * b.y;
    }
    for (int apart = 2; apart > 0; apart /= 2) {  // sums 8, then 4 apart
        s0 += __shfl_xor_sync(kernels::cuda::kAllLanes, s0, apart);
        s1 += __shfl_xor_sync(kernels::cuda::kAllLanes, s1, apart);
        s2 += __shfl_xor_sync(kernels::cuda::kAllLanes, s2, apart);
        s3 += __shfl_xor_sync(kernels::cuda::kAllLanes, s3, apart);
    }
    return static_cast<float>((s0 + s2) + (s1 + s3));
}

/// Sorts `width` entries (a power of two) in shared memory, ascending; includes barriers before and after.
__device__ inline void sort_block(Entry* entries, int width) {
    __syncthreads();
    for (int run = 2; run <= width; run *= 2) {
        for (int apart = run / 2; apart > 0; apart /= 2) {
            for (int pair = threadIdx.x; pair < width / 2; pair += blockDim.x) {
                const int low = 2 * pair - (pair & (apart - 1)), high = low + apart;
                const Entry a = entries[low], b = entries[high];
                if ((a > b) == ((low & run) == 0)) {
                    entries[low] = b;
                    entries[high] = a;
                }
            }
            __syncthreads();
        }
    }
}

}  // namespace rest::retrieval::cuda
