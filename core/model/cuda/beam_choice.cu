// SPDX-License-Identifier: GPL-3.0-or-later
// A selection step of beam search in two kernels: the best tokens of each row in one pass over its scores, then of each
// video.
#include "core/kernels/cuda/device_code.h"
#include "core/model/cuda/decoding.h"

namespace rest::model::cuda {
namespace {

constexpr unsigned kAll = 0xffffffff;
constexpr int kChoiceThreads = 256;
constexpr int kChoiceWarps = kChoiceThreads / 32;
constexpr int kNoToken = 0x7fffffff;
constexpr double kNever = -1e9;

__device__ __forceinline__ float minus_infinity() {
    return __int_as_float(static_cast<int>(0xff800000));
}

/// A thread's best scores, best first; ties go to the lower token.
template <int kBest>
struct Best {
    float score[kBest];
    int token[kBest];

    __device__ __forceinline__ void clear() {
#pragma unroll
        for (int i = 0; i < kBest; ++i) score[i] = minus_infinity(), token[i] = kNoToken;
    }
    /// Tokens must be offered in ascending order.
    __device__ __forceinline__ void offer(float s, int t) {
        if (!(s > score[kBest - 1])) return;
        score[kBest - 1] = s, token[kBest - 1] = t;
#pragma unroll
        for (int i = kBest - 1; i > 0; --i) {
            if (score[i] > score[i - 1]) {
                const float better = score[i];
                const int its = token[i];
                score[i] = score[i - 1], token[i] = token[i - 1];
                score[i - 1] = better, token[i - 1] = its;
            }
        }
    }
    /// The best of all lanes' lists, returned in all lanes and removed from its list.
    __device__ __forceinline__ void take(float& s, int& t) {
        s = score[0], t = token[0];
#pragma unroll
        for (int by = 16; by > 0; by /= 2) {
            const float other = __shfl_xor_sync(kAll, s, by);
            const int its = __shfl_xor_sync(kAll, t, by);
            if (other > s || (other == s && its < t)) s = other, t = its;
        }
        if (t != token[0]) return;
#pragma unroll
        for (int i = 0; i + 1 < kBest; ++i) score[i] = score[i + 1], token[i] = token[i + 1];
        score[kBest - 1] = minus_infinity(), token[kBest - 1] = kNoToken;
    }
};

/// The sum of exp(x), times exp(-highest). A NaN score makes the sum NaN. Starts at the lowest finite float: two lanes
/// without values, at -inf, would give NaN for the difference.
struct LogSum {
    float highest = -3.402823466e38f, sum = 0;

    __device__ __forceinline__ void add(float x) {
        if (x > highest) {
            sum = sum * __expf(highest - x) + 1;
            highest = x;
        } else if (x != minus_infinity()) {
            sum += __expf(x - highest);
        }
    }
    __device__ __forceinline__ void merge(float other_highest, float other_sum) {
        const float top = fmaxf(highest, other_highest);
        sum = sum * __expf(highest - top) + other_sum * __expf(other_highest - top);
        highest = top;
    }
    __device__ __forceinline__ void merge_lanes() {
#pragma unroll
        for (int by = 16; by > 0; by /= 2) {
            const float other_highest = __shfl_xor_sync(kAll, highest, by), other_sum = __shfl_xor_sync(kAll, sum, by);
            merge(other_highest, other_sum);
        }
    }
};

template <int kBest>
__device__ __forceinline__ void read_row(const RowChoice& c, const float* scores, Best<kBest>& best, LogSum& all) {
    const int forbidden = c.length[0] < c.min_length ? c.end : -1;
    const auto look = [&](float x, int token) {
        all.add(x);
        if (token != forbidden) best.offer(x, token);
    };
    if (c.vocabulary % 4 != 0) {
        for (int i = threadIdx.x; i < c.vocabulary; i += kChoiceThreads) look(scores[i] + c.bias[i], i);
        return;
    }
    for (int i = static_cast<int>(threadIdx.x) * 4; i < c.vocabulary; i += 4 * kChoiceThreads) {
        const float4 x = *reinterpret_cast<const float4*>(scores + i), b = *reinterpret_cast<const float4*>(c.bias + i);
        look(x.x + b.x, i), look(x.y + b.y, i + 1), look(x.z + b.z, i + 2), look(x.w + b.w, i + 3);
    }
}

/// One block per row.
template <int kBest>
__global__ void __launch_bounds__(kChoiceThreads) best_of_rows(RowChoice c) {
    REST_SHARED(float, scores, kChoiceWarps* kBest);
    REST_SHARED(int, tokens, kChoiceWarps* kBest);
    REST_SHARED(float, highest, kChoiceWarps);
    REST_SHARED(float, sums, kChoiceWarps);
    const int row = blockIdx.x, warp = threadIdx.x / 32, lane = threadIdx.x % 32;
    Best<kBest> best;
    best.clear();
    LogSum all;
    read_row(c, c.scores + int64_t{row} * c.vocabulary, best, all);
    all.merge_lanes();
    if (lane == 0) highest[warp] = all.highest, sums[warp] = all.sum;
#pragma unroll
    for (int i = 0; i < kBest; ++i) {
        float s;
        int t;
        best.take(s, t);
        if (lane == 0) scores[warp * kBest + i] = s, tokens[warp * kBest + i] = t;
    }
    __syncthreads();
    if (warp != 0) return;
    best.clear();
    all = LogSum();
    if (lane < kChoiceWarps) {
#pragma unroll
        for (int i = 0; i < kBest; ++i)
            best.score[i] = scores[lane * kBest + i], best.token[i] = tokens[lane * kBest + i];
        all.highest = highest[lane], all.sum = sums[lane];
    }
    all.merge_lanes();
    const float log_sum = all.highest + logf(all.sum);
#pragma unroll
    for (int i = 0; i < kBest; ++i) {
        float s;
        int t;
        best.take(s, t);
        if (lane != 0) continue;
        c.log_probabilities[row * kBest + i] = s - log_sum;
        c.tokens[row * kBest + i] = t == kNoToken ? 0 : t;
    }
}

/// A video's candidates and their results, in shared memory.
struct Video {
    const float* log_probabilities;  // (running, 2 * beams)
    const int* tokens;
    const float* sums;  // of the video's rows
    int first_row;
};

struct Candidate {
    float sum;
    int beam, token;
};

/// NaN sorts highest, as in LibTorch's topk.
__device__ __forceinline__ float order_of(float sum) {
    return sum != sum ? __int_as_float(0x7f800000) : sum;
}

/// The best continuation not taken yet; `taken`: the number taken from each beam.
__device__ Candidate take_best(const Video& v, const VideoChoice& c, int beams, int (&taken)[kMostBeams]) {
    Candidate best{0, -1, 0};
    for (int b = 0; b < c.running; ++b) {
        if (taken[b] == 2 * beams) continue;
        const int at = b * 2 * beams + taken[b];
        const float sum = v.log_probabilities[at] + v.sums[b];
        if (best.beam < 0 || order_of(sum) > order_of(best.sum)) best = {sum, b, v.tokens[at]};
    }
    ++taken[best.beam];
    return best;
}

/// Inserts a finished caption after those that are as good.
__device__ void keep_finished(const BeamTables& t, int video, double score, int64_t length, int64_t parent,
                              int64_t token) {
    const int first = video * t.beams;
    int at = t.beams;
    while (at > 0 && (t.finished_lengths[first + at - 1] == 0 || t.finished_scores[first + at - 1] < score)) --at;
    if (at == t.beams) return;
    for (int i = t.beams - 1; i > at; --i) {
        t.finished_scores[first + i] = t.finished_scores[first + i - 1];
        t.finished_lengths[first + i] = t.finished_lengths[first + i - 1];
        t.finished_parents[first + i] = t.finished_parents[first + i - 1];
        t.finished_tokens[first + i] = t.finished_tokens[first + i - 1];
    }
    t.finished_scores[first + at] = score;
    t.finished_lengths[first + at] = length;
    t.finished_parents[first + at] = parent;
    t.finished_tokens[first + at] = token;
}

/// Run by one thread: takes the candidates in order and writes the new beams' parents (beams of this video) to
/// `parents`.
__device__ void advance(const Video& v, const VideoChoice& c, const BeamTables& t, int* parents) {
    const int video = v.first_row / t.beams;
    const int64_t length = t.length[0] + 1;
    const bool last = length >= c.max_length;
    const double divisor = t.divisors[length];
    int taken[kMostBeams] = {}, beams = 0;
    float best = 0;
    for (int b = 0; b < t.beams; ++b) parents[b] = b < c.running ? b : 0;
    for (int rank = 0; rank < 2 * t.beams; ++rank) {
        const Candidate candidate = take_best(v, c, t.beams, taken);
        if (candidate.token == c.end || last) {
            if (rank >= t.beams || !(candidate.sum > kNever)) continue;
            keep_finished(t, video, candidate.sum / divisor, length, v.first_row + candidate.beam, candidate.token);
        } else if (beams < t.beams) {
            if (beams == 0) best = candidate.sum;
            const int row = v.first_row + beams;
            t.tokens[t.length[0] * t.videos * t.beams + row] = candidate.token;
            t.sums[row] = candidate.sum;
            parents[beams++] = candidate.beam;
        }
    }
    const bool full = t.finished_lengths[v.first_row + t.beams - 1] > 0;
    const bool over = full && (t.beams == 1 || best / divisor <= t.finished_scores[v.first_row + t.beams - 1]);
    if (last || over) t.done[video] = true;
}

/// One warp per video.
__global__ void best_of_videos(VideoChoice c, BeamTables t) {
    REST_SHARED(float, log_probabilities, 2 * kMostBeams * kMostBeams);
    REST_SHARED(int, tokens, 2 * kMostBeams * kMostBeams);
    REST_SHARED(float, sums, kMostBeams);
    REST_SHARED(int, parents, kMostBeams);
    const int video = blockIdx.x, lane = threadIdx.x, first_row = video * t.beams, rows = t.videos * t.beams;
    const int64_t length = t.length[0];
    if (t.done[video]) {  // continue with valid tokens
        if (lane < t.beams)
            t.tokens[length * rows + first_row + lane] = c.end,
                                                 t.parents[length * rows + first_row + lane] = first_row + lane;
        if (lane < t.beams) t.ancestors[int64_t{first_row + lane} * t.positions + length] = first_row + lane;
        return;
    }
    const int candidates = c.running * 2 * t.beams, start = video * candidates;
    for (int i = lane; i < candidates; i += 32)
        log_probabilities[i] = c.log_probabilities[start + i], tokens[i] = c.tokens[start + i];
    if (lane < t.beams) sums[lane] = t.sums[first_row + lane];
    __syncwarp();
    if (lane == 0) advance({log_probabilities, tokens, sums, first_row}, c, t, parents);
    __syncwarp();
    if (lane < t.beams) t.parents[length * rows + first_row + lane] = first_row + parents[lane];
    // A lane moves a whole position: it reads all beams' ancestors before it writes any.
    int64_t* ancestors = t.ancestors + int64_t{first_row} * t.positions;
    for (int at = lane; at < length; at += 32) {
        int64_t old[kMostBeams];
        for (int b = 0; b < t.beams; ++b) old[b] = ancestors[b * t.positions + at];
        for (int b = 0; b < t.beams; ++b) ancestors[b * t.positions + at] = old[parents[b]];
    }
    if (lane < t.beams) ancestors[lane * t.positions + length] = first_row + lane;
}

}  // namespace

#ifndef REST_EMULATED
void choose_of_rows(const RowChoice& c, void* stream) {
    const auto on = static_cast<cudaStream_t>(stream);
    switch (c.beams) {
        case 1:
            best_of_rows<2><<<c.rows, kChoiceThreads, 0, on>>>(c);
            break;
        case 2:
            best_of_rows<4><<<c.rows, kChoiceThreads, 0, on>>>(c);
            break;
        case 3:
            best_of_rows<6><<<c.rows, kChoiceThreads, 0, on>>>(c);
            break;
        case 4:
            best_of_rows<8><<<c.rows, kChoiceThreads, 0, on>>>(c);
            break;
        default:
            best_of_rows<10><<<c.rows, kChoiceThreads, 0, on>>>(c);
            break;
    }
    kernels::cuda::check(cudaGetLastError(), "best_of_rows");
}

void choose_of_videos(const VideoChoice& c, const BeamTables& tables, void* stream) {
    best_of_videos<<<tables.videos, 32, 0, static_cast<cudaStream_t>(stream)>>>(c, tables);
    kernels::cuda::check(cudaGetLastError(), "best_of_videos");
}
#endif

}  // namespace rest::model::cuda
