// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace rest::retrieval::cuda {

/// Eqs. 4 and 5 for a tile of videos: the best captions of a video's own list and of its neighbours'. All memory is on
/// the device. d is a multiple of 16, zero-padded; rows of features are aligned to 16 bytes.
struct GatheredTop {
    const float* videos;     // (N, d)
    const float* texts;      // (C, d)
    const int64_t* offsets;  // (N + 1) captions of video i: ids[offsets[i] .. offsets[i + 1])
    const int32_t* ids;
    const int32_t* neighbours;  // (videos of the tile, h)
    int32_t first, d, h;        // the tile's first video
    int32_t kept;               // entries per video, at most 64
    float* scores;              // each (videos of the tile, kept)
    int32_t* captions;
    int32_t* holders;
};

constexpr int32_t kMostKept = 64;

/// Whether a query of d fits into a block's shared memory on the current device.
bool gathered_top_takes(int64_t d);

/// The best of the distinct captions by exact_dot(), then lower id, best first, with their scores and holders: the
/// video itself if it has the caption, else its first neighbour that has. If there are fewer than `kept` captions, the
/// rest is -1. `stream` is a cudaStream_t. Throws std::runtime_error.
void gathered_top(const GatheredTop& tile, int64_t videos, void* stream);

}  // namespace rest::retrieval::cuda
