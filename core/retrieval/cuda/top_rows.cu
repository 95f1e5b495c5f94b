// SPDX-License-Identifier: GPL-3.0-or-later
// H100, N = 200,000, d = 512, H = 2,000, calculated: 160 GB of scores read once and 0.9 TB of rows gathered, 0.4 to 0.5
// s; cutting and sorting 0.1 s.
#include "core/retrieval/cuda/top_rows.h"

#include <algorithm>
#include <cmath>

#include "core/retrieval/cuda/block.h"

namespace rest::retrieval::cuda {

using kernels::cuda::blocks_for;
using kernels::cuda::kAllLanes;
namespace {

constexpr int kEach = 4;  // scores a thread examines between two barriers

/// Entries of a list: a power of two with room for what all threads may add in one step and for uncertain guesses.
inline int64_t capacity_for(int64_t h, int64_t threads) {
    int64_t capacity = 512;
    while (capacity < h + threads * kEach + std::max<int64_t>(h / 8, 128)) capacity *= 2;
    return capacity;
}

inline size_t list_bytes(int64_t h, int64_t d, int64_t threads) {
    return static_cast<size_t>(capacity_for(h, threads)) * sizeof(Entry) + static_cast<size_t>(d) * sizeof(double);
}

/// The best of a row so far, in shared memory. Scalars are uniform over all threads.
struct RowList {
    Entry* entries;
    int capacity, h;
    float doubt;  // guesses that differ by less may be in the wrong order
    bool exact;
    Tally tally;
    int count = 0;
    float threshold = -INFINITY;  // guesses below it cannot be among the h best

    __device__ int at_or_before(Entry limit) {
        int mine = 0;
        for (int i = threadIdx.x; i < count; i += blockDim.x) mine += entries[i] <= limit;
        mine = __reduce_add_sync(kAllLanes, mine);
        if (threadIdx.x % 32 == 0) tally.add(mine);
        return tally.total();
    }

    /// An entry such that at least h and at most h + spare entries are less or equal; for guesses its score suffices to
    /// be the h-th's.
    __device__ Entry limit_of(int spare) {
        Entry low = make_entry(INFINITY, 0), high = make_entry(-INFINITY, 0xffffffff);
        while (low < high && (exact || low >> 32 != high >> 32)) {
            const Entry middle = low + (high - low) / 2;
            const int found = at_or_before(middle);
            if (found < h) {
                low = middle + 1;
            } else {
                high = middle;
                if (found <= h + spare) break;
            }
        }
        return high;
    }

    /// Removes entries that cannot be among the h best. count must be at least h.
    __device__ void cut(int spare) {
        Entry limit = limit_of(spare);
        threshold = score_of(limit);
        if (!exact) {
            threshold -= doubt;
            limit = make_entry(threshold, 0xffffffff);
        }
        int kept = 0;
        for (int first = 0; first < count; first += blockDim.x) {
            const int i = first + threadIdx.x;
            const Entry entry = i < count ? entries[i] : kNoEntry;
            __syncthreads();  // kept entries are written where others are read
            if (entry <= limit) entries[kept + tally.add(1)] = entry;
            kept += tally.total();
        }
        count = kept;
    }

    /// Makes room for the next step; false if too many guesses are uncertain.
    __device__ bool make_room() {
        const int step = kEach * blockDim.x;
        if (count + step > capacity) cut(exact ? 0 : h / 16);
        return count + step <= capacity;
    }

    __device__ void take(float4 scores, int first, int n) {
        const float of[kEach] = {scores.x, scores.y, scores.z, scores.w};
        int found = 0;
        for (int i = 0; i < kEach; ++i) found += first + i < n && of[i] >= threshold;
        if (found > 0) {
            int at = count + tally.add(found);
            for (int i = 0; i < kEach; ++i) {
                if (first + i < n && of[i] >= threshold) entries[at++] = make_entry(of[i], first + i);
            }
        }
        count += tally.total();
    }
};

__device__ inline float4 load_four(const float* row, int first, int n) {
    return first < n ? __ldg(reinterpret_cast<const float4*>(row + first)) : float4{0, 0, 0, 0};
}

/// Offers a row's scores to the list; false if it overflows.
__device__ inline bool scan(const float* row, int n, RowList& list) {
    const int step = kEach * blockDim.x;
    int first = kEach * threadIdx.x;
    float4 next = load_four(row, first, n);
    for (int done = 0; done < n; done += step, first += step) {
        const float4 scores = next;
        next = load_four(row, first + step, n);  // prefetch while these are examined
        if (!list.make_room()) return false;
        list.take(scores, first, n);
    }
    if (list.count > list.h) list.cut(0);
    return true;
}

/// Replaces guesses by exact scores, four threads per entry.
__device__ inline void settle(const RowList& list, const float* features, const DoublePair* query, int d) {
    const int group = threadIdx.x / 4, part = threadIdx.x % 4, groups = blockDim.x / 4;
    for (int first = 0; first < list.count; first += groups) {
        const int i = first + group;
        const int index = i < list.count ? index_of(list.entries[i]) : 0;
        const float score = exact_dot_by_four(features + int64_t{index} * d, query, d, part);
        if (i < list.count && part == 0) list.entries[i] = make_entry(score, index);
    }
}

__global__ __launch_bounds__(kThreads, 4) void top_rows_kernel(TopRows tile, int capacity) {
    REST_DYNAMIC_SHARED(Entry, memory);
    REST_SHARED(int, counts, 3);
    auto* query = reinterpret_cast<DoublePair*>(memory + capacity);
    const int64_t r = blockIdx.x;
    const int video = tile.videos != nullptr ? tile.videos[r] : tile.first + static_cast<int>(r);
    load_query(tile.features + int64_t{video} * tile.d, tile.d, query);
    RowList list{memory, capacity, tile.h, 2 * tile.error, tile.exact, Tally(counts)};
    if (!scan(tile.scores + r * tile.stride, tile.n, list)) {
        if (threadIdx.x == 0) tile.crowded[atomicAdd(tile.crowded_count, 1)] = video;
        return;
    }
    if (!tile.exact) settle(list, tile.features, query, tile.d);
    int width = 2;
    while (width < list.count) width *= 2;
    for (int i = list.count + threadIdx.x; i < width; i += blockDim.x) list.entries[i] = kNoEntry;
    sort_block(list.entries, width);
    for (int i = threadIdx.x; i < tile.h; i += blockDim.x) tile.out[r * tile.h + i] = index_of(list.entries[i]);
}

/// A block handles one query and kColumns rows.
constexpr int kColumns = 1024;

__global__ __launch_bounds__(kThreads, 4) void exact_rows_kernel(TopRows tile, float* __restrict__ scores) {
    REST_DYNAMIC_SHARED(DoublePair, query);
    const int64_t r = blockIdx.y;
    load_query(tile.features + int64_t{tile.videos[r]} * tile.d, tile.d, query);
    __syncthreads();
    const int group = threadIdx.x / 4, part = threadIdx.x % 4, groups = blockDim.x / 4;
    for (int done = 0; done < kColumns; done += groups) {
        const int64_t i = int64_t{blockIdx.x} * kColumns + done + group;
        const float score = exact_dot_by_four(tile.features + (i < tile.n ? i : 0) * tile.d, query, tile.d, part);
        if (i < tile.n && part == 0) scores[r * tile.stride + i] = score;
    }
}

}  // namespace

#ifndef REST_EMULATED
bool top_rows_takes(int64_t h, int64_t d) {
    int device = 0, most = 0;
    kernels::cuda::check(cudaGetDevice(&device), "device");
    kernels::cuda::check(cudaDeviceGetAttribute(&most, cudaDevAttrMaxSharedMemoryPerBlockOptin, device),
                         "shared memory of a block");
    return list_bytes(h, d, kThreads) + 1024 <= static_cast<size_t>(most);
}

void top_rows(const TopRows& tile, int64_t rows, void* stream) {
    const size_t bytes = list_bytes(tile.h, tile.d, kThreads);
    kernels::cuda::check(
        cudaFuncSetAttribute(top_rows_kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, static_cast<int>(bytes)),
        "top_rows");
    const auto capacity = static_cast<int>(capacity_for(tile.h, kThreads));
    top_rows_kernel<<<static_cast<unsigned>(rows), kThreads, bytes, static_cast<cudaStream_t>(stream)>>>(tile,
                                                                                                         capacity);
    kernels::cuda::check(cudaGetLastError(), "top_rows");
}

void exact_rows(const TopRows& tile, float* scores, int64_t rows, void* stream) {
    const size_t bytes = static_cast<size_t>(tile.d) * sizeof(double);
    kernels::cuda::check(
        cudaFuncSetAttribute(exact_rows_kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, static_cast<int>(bytes)),
        "exact_rows");
    const dim3 grid(static_cast<unsigned>(blocks_for(tile.n, kColumns)), static_cast<unsigned>(rows));
    exact_rows_kernel<<<grid, kThreads, bytes, static_cast<cudaStream_t>(stream)>>>(tile, scores);
    kernels::cuda::check(cudaGetLastError(), "exact_rows");
}
#endif

}  // namespace rest::retrieval::cuda
