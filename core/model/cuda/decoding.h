// SPDX-License-Identifier: GPL-3.0-or-later
// Kernels of a decoding step: pointers to device memory, sizes, a cudaStream_t as void*. Rows are hypotheses, ordered
// by video, then by beam; heads have 64 channels; `Number` is the dtype of weights and activations. Sums are in
// float32. They throw std::runtime_error if a launch fails.
#pragma once

#include <cstdint>

#include "core/kernels/cuda/number.h"

namespace rest::model::cuda {

constexpr int kChannels = 64;  // per head

/// Attention of one query per row over the row's hypothesis, scaled by 1/8. The newest of `length[0]` tokens has its
/// key and value in `joined` (rows, 3 * heads * 64: query, key, value), which are written to the row's own entry; the
/// key of an earlier position t is at keys[ancestors[row][t]][t]. keys, values (rows, positions, heads * 64); ancestors
/// (rows, positions); out (rows, heads * 64).
struct SelfAttention {
    const void* joined;
    void* keys;
    void* values;
    const int64_t* ancestors;
    const int64_t* length;
    void* out;
    int rows, heads, positions;
};
void self_attend(const SelfAttention& a, kernels::cuda::Number type, void* stream);

/// `queries` rows of each video over its `tokens` keys and values, which are read once for up to 4 of them. places[0]
/// and places[1], in device memory, are the addresses of the first video's keys and values; a head's 64 channels are
/// contiguous, heads consecutive, tokens and videos `token_stride` and `video_stride` elements apart (multiples of 8,
/// addresses multiples of 16 bytes). query and out (videos, queries, heads * 64).
struct CrossAttention {
    const void* query;
    const int64_t* places;
    int64_t video_stride, token_stride;
    void* out;
    int videos, queries, heads, tokens;
};
void cross_attend(const CrossAttention& a, kernels::cuda::Number type, void* stream);

/// Layer norm over rows of `width` (step_norm_takes()): weight, bias (width).
struct Norm {
    const void* weight;
    const void* bias;
    float eps;
    int rows, width;
};
inline bool step_norm_takes(int64_t width) {
    return width == 768 || width == 1024;
}
/// out = norm(x + residual), each (rows, width).
void residual_norm(const Norm& norm, const void* x, const void* residual, void* out, kernels::cuda::Number type,
                   void* stream);
/// out = norm(words[tokens[(length[0] - 1) * rows + row]] + positions[length[0] - 1]).
void embed_norm(const Norm& norm, const void* words, const void* positions, const int64_t* tokens,
                const int64_t* length, void* out, kernels::cuda::Number type, void* stream);

constexpr int kMostBeams = 5;

/// The tables of SearchTables (core/model/search_tables.h).
struct BeamTables {
    const int64_t* length;
    int64_t* tokens;
    int64_t* parents;
    int64_t* ancestors;
    float* sums;
    bool* done;
    double* finished_scores;
    int64_t* finished_lengths;
    int64_t* finished_parents;
    int64_t* finished_tokens;
    const double* divisors;
    int videos, beams, positions;
};

/// The best 2 * beams tokens of each row of scores + bias, (rows, vocabulary) and (vocabulary), best first:
/// log-probabilities and tokens, (rows, 2 * beams) each. Ties go to the lower token. Token `end` is excluded while
/// length[0] < min_length.
struct RowChoice {
    const float* scores;
    const float* bias;
    const int64_t* length;
    float* log_probabilities;
    int* tokens;
    int rows, vocabulary, beams, end, min_length;
};
void choose_of_rows(const RowChoice& c, void* stream);

/// Selects every video's beams from its `running` rows of `c`: see choose() in core/model/beam_choice.h. Does not
/// change `length`.
struct VideoChoice {
    const float* log_probabilities;
    const int* tokens;
    int running, end, max_length;
};
void choose_of_videos(const VideoChoice& c, const BeamTables& tables, void* stream);

}  // namespace rest::model::cuda
