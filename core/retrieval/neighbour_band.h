// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <vector>

#include "core/base/task.h"
#include "core/retrieval/neighbours.h"
#include "core/retrieval/top_list.h"

namespace rest::retrieval {

/// The lists of the videos [first, end), filled at the same time, so that the product of two of them is computed once
/// and offered to both: half the work if all videos' lists fit into memory.
class NeighbourBand {
  public:
    /// `features` (N, d) from checked_features(), which must outlive the band; `error` is their guess_error().
    NeighbourBand(const torch::Tensor& features, int64_t first, int64_t end, int64_t h, float error);

    /// Offers every video to every list; progress counts videos, `done_before` these. Throws Cancelled.
    void fill(const NeighbourSettings& settings, Task& task, int64_t done_before);
    /// Writes each list's h best to its row of `neighbours` (end - first, h).
    void finish(int32_t* neighbours, int64_t h);

  private:
    struct Tile {
        int64_t top, bottom, left, right;
        int64_t rows() const { return bottom - top; }
        int64_t columns() const { return right - left; }
    };

    std::vector<Tile> tiles(const NeighbourSettings& settings) const;
    void offer(const Tile& tile);
    void offer_across(const Tile& tile, int64_t from);
    const float* row(int64_t video) const { return features_ + video * d_; }
    TopList& list(int64_t video) { return lists_[static_cast<size_t>(video - first_)]; }

    const float* features_;
    int64_t n_, d_, first_, end_;
    std::vector<TopList> lists_;
    std::vector<float> scores_;  // of one tile
};

}  // namespace rest::retrieval
