// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <span>
#include <string>
#include <vector>

#include "core/base/task.h"

namespace rest::retrieval {

/// The lists W_i of all videos before an update, as ids into a table of distinct captions (see caption_key()).
/// CSR: the captions of video i are ids[offsets[i] .. offsets[i + 1]).
struct CaptionLists {
    std::vector<int64_t> offsets;  // (N + 1)
    std::vector<int32_t> ids;
};

/// One member of an updated list, best first.
struct ScoredCaption {
    int32_t id = 0;
    float score = 0;           // s_vt (Eq. 4)
    int32_t source_video = 0;  // the video itself if it held the caption, else its most similar neighbour that did
};

struct CaptionUpdateSettings {
    int64_t k = 3;            // captions kept per video
    int64_t first = 0;        // the video that the first row of `neighbours` belongs to
    int64_t tile_rows = 256;  // videos processed together
    torch::Device device = torch::kCPU;
};

/// Eqs. 4-6: of W_i and the lists of i's neighbours, the K captions whose text is closest to the video.
///
/// video_features (N, d) and text_features (C, d) float32, unit length; neighbours (n, H) int32 of n <= N videos from
/// `settings.first` on, whose lists are updated; texts (C) for ties, which go by byte order. Scores are exact_dot()'s,
/// whatever the tiles. Never holds more than a tile of scores. Throws Error (invalid_argument) on sizes, ids and values
/// that make no sense; Cancelled. Returns at most K per video, as lists of length n.
std::vector<std::vector<ScoredCaption>> update_captions(const CaptionLists& lists, const torch::Tensor& neighbours,
                                                        const torch::Tensor& video_features,
                                                        const torch::Tensor& text_features,
                                                        std::span<const std::string> texts,
                                                        const CaptionUpdateSettings& settings, Task& task);

}  // namespace rest::retrieval
