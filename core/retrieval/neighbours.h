// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <optional>

#include "core/base/task.h"

namespace rest::retrieval {

/// Videos first .. end of a table.
struct VideoRange {
    int64_t first = 0, end = 0;
    int64_t size() const { return end - first; }
};

struct NeighbourSettings {
    int64_t h = 2000;                   // neighbours kept per video, the video itself included; at most N are given
    std::optional<VideoRange> of = {};  // whose neighbours are wanted; empty: everybody's
    // With our CUDA kernels (cuda_retrieval.h), tiles are as large as the card allows.
    int64_t tile_rows = 1024;  // of the similarity matrix computed at once: memory is tile_rows x tile_columns floats
    int64_t tile_columns = 16384;
    /// Memory for lists that are filled at the same time, at least `tile_rows` of them: a product of two of their
    /// videos is computed once and used for both.
    int64_t list_bytes = int64_t{1} << 30;
    torch::Device device = torch::kCPU;

    VideoRange range(int64_t videos) const { return of.value_or(VideoRange{0, videos}); }
};

/// Eq. 3: for each video the H most similar ones, most similar first; ties by lower index. Scores are compared by
/// exact_dot(), so the result is the same for every tile size, device and number of threads. `features` (N, d) float32,
/// `features` (N, d) float32, unit length, on the CPU. Returns (N, min(H, N)) int32 on the CPU, of `settings.of` only
/// the rows of that range.
/// and for NaN or infinity; Cancelled.
torch::Tensor nearest_neighbours(const torch::Tensor& features, const NeighbourSettings& settings, Task& task);

}  // namespace rest::retrieval
