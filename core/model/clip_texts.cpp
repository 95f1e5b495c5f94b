// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/clip_texts.h"
#include "core/tensor/unit_length.h"

#include <algorithm>
#include <numeric>

namespace rest::model {
namespace {

/// Enough texts per batch to keep the device busy.
int64_t texts_at_once(torch::Device device) {
    return device.is_cpu() ? 256 : 2048;
}

}  // namespace

torch::Tensor clip_text_features(const ClipModel& clip, const std::vector<std::vector<int64_t>>& texts,
                                 torch::Device device, Task& task, const WorkPart& part) {
    torch::NoGradGuard no_grad;
    const auto n = static_cast<int64_t>(texts.size());
    std::vector<int64_t> order(texts.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](int64_t a, int64_t b) { return texts[a].size() < texts[b].size(); });
    auto features = torch::zeros({n, clip.text_projection.weight.size(0)});
    const int64_t at_once = texts_at_once(device);
    for (int64_t first = part.index * at_once; first < n; first += part.of * at_once) {
        task.check();
        const int64_t count = std::min(at_once, n - first);
        const auto longest = static_cast<int64_t>(texts[order[first + count - 1]].size());
        // Padded with end tokens: a text's feature is taken at the first one.
        auto batch = torch::empty({count, longest}, torch::kInt64);
        for (int64_t i = 0; i < count; ++i) {
            const auto& ids = texts[order[first + i]];
            auto* row = batch.data_ptr<int64_t>() + i * longest;
            std::fill(std::copy(ids.begin(), ids.end(), row), row + longest, ids.back());
        }
        const auto rows = tensor::unit_length(clip.encode_texts(batch.to(device)).to(torch::kFloat32));
        features.index_copy_(0,
                             torch::tensor(std::vector<int64_t>(order.begin() + first, order.begin() + first + count)),
                             rows.to(torch::kCPU));
    }
    return features;
}

}  // namespace rest::model
