// SPDX-License-Identifier: GPL-3.0-or-later
// H100, N = 200,000, d = 512, 2,000 neighbours of 3 captions, calculated: 2.5 TB of rows gathered, 0.8 to 1.1 s.
#include "core/retrieval/cuda/gathered_top.h"

#include <climits>

#include "core/retrieval/cuda/block.h"

namespace rest::retrieval::cuda {

using kernels::cuda::kAllLanes;
namespace {

constexpr int kWindow = 1024;  // captions scored between two selections of the best

/// A block's shared memory. The previous and the current best alternate between two buffers.
struct Found {
    Entry* keys;        // (window) of the captions scored last
    int* ids;           // (window)
    int* holders;       // (window) the video whose list has the caption
    Entry* best;        // (2, kept)
    int* best_holders;  // (2, kept)
    Entry* lowest;      // (3) one slot per selection, in rotation
    int* where;         // (3)
};

/// Exclusive prefix sum of `value` over the block's threads; `total` is the sum over all.
__device__ inline int sum_before(int value, int* of_warps, int& total) {
    const int lane = threadIdx.x % 32, warp = threadIdx.x / 32, warps = blockDim.x / 32;
    int sum = value;
    for (int by = 1; by < 32; by *= 2) {
        const int before = __shfl_up_sync(kAllLanes, sum, by);
        if (lane >= by) sum += before;
    }
    if (lane == 31) of_warps[warp] = sum;
    __syncthreads();
    int earlier = 0;
    total = 0;
    for (int w = 0; w < warps; ++w) {
        if (w < warp) earlier += of_warps[w];
        total += of_warps[w];
    }
    __syncthreads();
    return earlier + sum - value;
}

/// The `kept` lowest distinct entries of the best so far and of the window, in order. A caption held by several videos
/// has the same entry each time; the first of them counts, and previous ones come first. Returns the last one.
__device__ inline Entry choose(const Found& found, int filled, int kept, int now) {
    const Entry* before = found.best + (now ^ 1) * kept;
    Entry* best = found.best + now * kept;
    for (int i = threadIdx.x; i < kept; i += blockDim.x) best[i] = kNoEntry;
    Entry last = 0;
    for (int m = 0, turn = 0; m < kept; ++m, turn = turn == 2 ? 0 : turn + 1) {
        Entry mine = kNoEntry;
        int where = INT_MAX;
        for (int i = threadIdx.x; i < kept + filled; i += blockDim.x) {
            const Entry key = i < kept ? before[i] : found.keys[i - kept];
            if (key < mine && (m == 0 || key > last)) {
                mine = key;
                where = i;
            }
        }
        if (mine != kNoEntry) atomicMin(&found.lowest[turn], mine);
        if (threadIdx.x == 0) {
            const int next = turn == 2 ? 0 : turn + 1;
            found.lowest[next] = kNoEntry;
            found.where[next] = INT_MAX;
        }
        __syncthreads();
        last = found.lowest[turn];
        if (last == kNoEntry) break;  // uniform over all threads
        if (mine == last) atomicMin(&found.where[turn], where);
        __syncthreads();
        if (threadIdx.x == 0) {
            const int at = found.where[turn];
            best[m] = last;
            found.best_holders[now * kept + m] =
                at < kept ? found.best_holders[(now ^ 1) * kept + at] : found.holders[at - kept];
        }
    }
    __syncthreads();
    if (threadIdx.x < 3) {
        found.lowest[threadIdx.x] = kNoEntry;
        found.where[threadIdx.x] = INT_MAX;
    }
    __syncthreads();
    return best[kept - 1];
}

/// Scores the captions of the window; true if any of them is better than `worst`.
__device__ inline bool score_window(const GatheredTop& tile, const Found& found, int filled, const DoublePair* query,
                                    Entry worst) {
    const int group = threadIdx.x / 4, part = threadIdx.x % 4, groups = blockDim.x / 4;
    int better = 0;
    for (int first = 0; first < filled; first += groups) {
        const int i = first + group;
        const int id = i < filled ? found.ids[i] : 0;
        const Entry key = make_entry(exact_dot_by_four(tile.texts + int64_t{id} * tile.d, query, tile.d, part), id);
        if (i < filled && part == 0) {
            found.keys[i] = key;
            better |= key < worst;
        }
    }
    return __syncthreads_or(better) != 0;
}

/// Partitions a block's dynamic shared memory, whose first d doubles are the query's.
__device__ inline Found found_in(Entry* memory, int window, int kept) {
    Found f{};
    f.keys = memory;
    f.lowest = f.keys + window;
    f.best = f.lowest + 3;
    f.ids = reinterpret_cast<int*>(f.best + 2 * kept);
    f.holders = f.ids + window;
    f.best_holders = f.holders + window;
    f.where = f.best_holders + 2 * kept;
    return f;
}

inline size_t found_bytes(int64_t d, int64_t window, int64_t kept) {
    return static_cast<size_t>(d) * sizeof(double) +
           static_cast<size_t>(window + 2 * kept + 3) * (sizeof(Entry) + sizeof(int)) +
           static_cast<size_t>(window) * sizeof(int);
}

__global__ __launch_bounds__(kThreads, 3) void gathered_top_kernel(GatheredTop tile, int window) {
    REST_DYNAMIC_SHARED(Entry, memory);
    REST_SHARED(int, of_warps, kThreads / 32);
    auto* query = reinterpret_cast<DoublePair*>(memory);
    const Found found = found_in(memory + tile.d, window, tile.kept);
    const int64_t v = blockIdx.x;
    const int video = tile.first + static_cast<int>(v), kept = tile.kept;
    const int32_t* row = tile.neighbours + v * tile.h;
    load_query(tile.videos + int64_t{video} * tile.d, tile.d, query);
    for (int i = threadIdx.x; i < 2 * kept + 3; i += blockDim.x)
        found.lowest[i] = kNoEntry;  // also sets the best entries, which follow
    if (threadIdx.x < 3) found.where[threadIdx.x] = INT_MAX;
    Entry worst = kNoEntry;
    int now = 0;
    for (int from = 0; from <= tile.h;
         from += blockDim.x) {  // the video itself, then its neighbours: one holder per thread
        const int j = from + threadIdx.x;
        const int holder = j == 0 ? video : j <= tile.h ? row[j - 1] : -1;
        const bool counts = holder >= 0 && (j == 0 || holder != video);
        const int64_t begin = counts ? tile.offsets[holder] : 0;
        const int length = counts ? static_cast<int>(tile.offsets[holder + 1] - begin) : 0;
        int total = 0;
        const int start = sum_before(length, of_warps, total);
        for (int left = 0; left < total; left += window) {
            for (int k = max(0, left - start); k < length && start + k < left + window; ++k) {
                found.ids[start + k - left] = tile.ids[begin + k];
                found.holders[start + k - left] = holder;
            }
            __syncthreads();
            const int filled = min(window, total - left);
            if (score_window(tile, found, filled, query, worst)) {
                now ^= 1;
                worst = choose(found, filled, kept, now);
            }
        }
    }
    for (int i = threadIdx.x; i < kept; i += blockDim.x) {
        const Entry entry = found.best[now * kept + i];
        const bool any = entry != kNoEntry;
        tile.scores[v * kept + i] = any ? score_of(entry) : 0;
        tile.captions[v * kept + i] = any ? index_of(entry) : -1;
        tile.holders[v * kept + i] = any ? found.best_holders[now * kept + i] : -1;
    }
}

}  // namespace

#ifndef REST_EMULATED
bool gathered_top_takes(int64_t d) {
    int device = 0, most = 0;
    kernels::cuda::check(cudaGetDevice(&device), "device");
    kernels::cuda::check(cudaDeviceGetAttribute(&most, cudaDevAttrMaxSharedMemoryPerBlockOptin, device),
                         "shared memory of a block");
    return found_bytes(d, kWindow, kMostKept) + 1024 <= static_cast<size_t>(most);
}

void gathered_top(const GatheredTop& tile, int64_t videos, void* stream) {
    const size_t bytes = found_bytes(tile.d, kWindow, tile.kept);
    kernels::cuda::check(
        cudaFuncSetAttribute(gathered_top_kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, static_cast<int>(bytes)),
        "gathered_top");
    gathered_top_kernel<<<static_cast<unsigned>(videos), kThreads, bytes, static_cast<cudaStream_t>(stream)>>>(tile,
                                                                                                               kWindow);
    kernels::cuda::check(cudaGetLastError(), "gathered_top");
}
#endif

}  // namespace rest::retrieval::cuda
