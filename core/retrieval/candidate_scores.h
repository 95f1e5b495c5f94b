// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <cstdint>
#include <vector>

namespace rest::retrieval {

/// Guesses of s_vt (Eq. 4) for a tile of videos and their candidates, each within guess_error() of exact_dot().
///
/// If candidates are shared by many videos of the tile, a matrix product over their union is cheapest, otherwise one
/// dot product each; on the CPU the cheaper one is chosen, elsewhere gathered_scores() is used.
class CandidateScorer {
  public:
    /// video_features (N, d) and text_features (C, d): float32, contiguous, on the CPU; stored by reference.
    CandidateScorer(const torch::Tensor& video_features, const torch::Tensor& text_features, torch::Device device);

    /// candidates[v] ascending, of the video first + v. The result has the same shape.
    std::vector<std::vector<float>> operator()(const std::vector<std::vector<int32_t>>& candidates,
                                               int64_t first) const;

  private:
    using Ids = std::vector<int32_t>;
    void by_product(const std::vector<Ids>& candidates, const Ids& all, int64_t first,
                    std::vector<std::vector<float>>& scores) const;
    void one_by_one(const std::vector<Ids>& candidates, int64_t first, std::vector<std::vector<float>>& scores) const;

    const torch::Tensor& videos_;
    const torch::Tensor& texts_;
    torch::Tensor device_videos_, device_texts_;
};

}  // namespace rest::retrieval
