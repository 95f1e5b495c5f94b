// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/retrieval/candidate_scores.h"

#include <algorithm>

#include "core/kernels/gemm.h"
#include "core/retrieval/caption_candidates.h"
#include "core/retrieval/exact_scores.h"
#include "core/retrieval/gathered_scores.h"

namespace rest::retrieval {
namespace {

constexpr int64_t kCaptionsAtOnce = 8192;  // columns of one product
constexpr int64_t kProductGain = 16;       // dot products of a matrix product in the time of one gathered dot product

torch::Tensor as_tensor(const int32_t* ids, int64_t n) {
    return torch::from_blob(const_cast<int32_t*>(ids), {n}, torch::kInt32);
}

/// a b^T, row-major.
torch::Tensor products(const torch::Tensor& a, const torch::Tensor& b) {
    const int64_t d = a.size(1);
    auto out = torch::empty({a.size(0), b.size(0)});
    kernels::gemm({a.size(0), b.size(0), d}, {a.data_ptr<float>(), d}, {b.data_ptr<float>(), d, true},
                  out.data_ptr<float>(), b.size(0));
    return out;
}

}  // namespace

CandidateScorer::CandidateScorer(const torch::Tensor& video_features, const torch::Tensor& text_features,
                                 torch::Device device)
    : videos_(video_features),
      texts_(text_features),
      device_videos_(video_features.to(device)),
      device_texts_(text_features.to(device)) {}

std::vector<std::vector<float>> CandidateScorer::operator()(const std::vector<Ids>& candidates, int64_t first) const {
    const auto rows = static_cast<int64_t>(candidates.size());
    if (!device_videos_.is_cpu())
        return gathered_scores(device_videos_.narrow(0, first, rows), device_texts_, candidates);
    std::vector<std::vector<float>> scores(candidates.size());
    IdSet set(texts_.size(0));
    int64_t pairs = 0;
    for (size_t v = 0; v < candidates.size(); ++v) {
        scores[v].resize(candidates[v].size());
        set.add(candidates[v]);
        pairs += static_cast<int64_t>(candidates[v].size());
    }
    const Ids all = set.take();
    const auto product =
        static_cast<int64_t>(all.size() * candidates.size()) / kProductGain + static_cast<int64_t>(all.size());
    if (product < pairs)
        by_product(candidates, all, first, scores);
    else
        one_by_one(candidates, first, scores);
    return scores;
}

void CandidateScorer::by_product(const std::vector<Ids>& candidates, const Ids& all, int64_t first,
                                 std::vector<std::vector<float>>& scores) const {
    const auto rows = static_cast<int64_t>(candidates.size());
    const auto videos = videos_.narrow(0, first, rows);
    std::vector<int32_t> column(texts_.size(0));
    for (int64_t left = 0; left < static_cast<int64_t>(all.size()); left += kCaptionsAtOnce) {
        const int64_t columns = std::min(kCaptionsAtOnce, static_cast<int64_t>(all.size()) - left);
        const auto tile = products(videos, texts_.index_select(0, as_tensor(all.data() + left, columns)));
        for (int64_t c = 0; c < columns; ++c) column[all[left + c]] = static_cast<int32_t>(c);
        const int32_t last = all[left + columns - 1];
        parallel_rows(rows, [&](int64_t v) {
            const float* row = tile.data_ptr<float>() + v * columns;
            const Ids& of_video = candidates[v];
            auto at = std::lower_bound(of_video.begin(), of_video.end(), all[left]) - of_video.begin();
            for (; at < std::ssize(of_video) && of_video[at] <= last; ++at) scores[v][at] = row[column[of_video[at]]];
        });
    }
}

void CandidateScorer::one_by_one(const std::vector<Ids>& candidates, int64_t first,
                                 std::vector<std::vector<float>>& scores) const {
    const int64_t d = videos_.size(1);
    parallel_rows(static_cast<int64_t>(candidates.size()), [&](int64_t v) {
        exact_dots(videos_.data_ptr<float>() + (first + v) * d, texts_.data_ptr<float>(), candidates[v], d,
                   scores[v].data());
    });
}

}  // namespace rest::retrieval
