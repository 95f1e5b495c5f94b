// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/retrieval/gathered_scores.h"

#include <algorithm>

namespace rest::retrieval {
namespace {

constexpr int64_t kRowsAtOnce = int64_t{1} << 18;  // half a gigabyte of CLIP's features

using Lists = std::vector<std::vector<int32_t>>;

/// The lists [first, first + count) as rows of one length, padded with 0.
torch::Tensor padded(const Lists& lists, int64_t first, int64_t count, int64_t width) {
    auto out = torch::zeros({count, width}, torch::kInt32);
    for (int64_t i = 0; i < count; ++i) {
        const auto& list = lists[static_cast<size_t>(first + i)];
        std::copy(list.begin(), list.end(), out.data_ptr<int32_t>() + i * width);
    }
    return out;
}

}  // namespace

std::vector<std::vector<float>> gathered_scores(const torch::Tensor& videos, const torch::Tensor& texts,
                                                const Lists& candidates) {
    const auto v = static_cast<int64_t>(candidates.size());
    size_t longest = 0;
    for (const auto& list : candidates) longest = std::max(longest, list.size());
    std::vector<std::vector<float>> scores(candidates.size());
    if (longest == 0) return scores;
    const auto width = static_cast<int64_t>(longest);
    const int64_t videos_at_once = std::max<int64_t>(1, kRowsAtOnce / width);
    for (int64_t first = 0; first < v; first += videos_at_once) {
        const int64_t count = std::min(videos_at_once, v - first);
        const auto ids = padded(candidates, first, count, width).to(texts.device());
        const auto rows = texts.index_select(0, ids.flatten()).view({count, width, texts.size(1)});
        const auto products =
            torch::bmm(rows, videos.narrow(0, first, count).unsqueeze(2)).to(torch::kCPU).contiguous();
        const float* of_video = products.data_ptr<float>();
        for (int64_t i = first; i < first + count; ++i, of_video += width) {
            const auto clip = static_cast<size_t>(i);
            scores[clip].assign(of_video, of_video + candidates[clip].size());
        }
    }
    return scores;
}

}  // namespace rest::retrieval
