// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/inference/clip_batches.h"

#include <algorithm>
#include <numeric>

#include "core/training/clip_feed.h"
#include "core/training/lost_places.h"

namespace rest::engine {

void for_each_batch(const ClipStore& clips, std::span<const int64_t> indices, const ClipBatchSettings& settings,
                    Task& task, const std::function<void(const ClipBatch&)>& body) {
    const int64_t n = std::ssize(indices);
    const auto part = [&](int64_t batch) {
        const int64_t first = batch * settings.at_once;
        return indices.subspan(first, std::min(settings.at_once, n - first));
    };
    training::ClipFeedSettings feeding{
        .clip_shape = clips.clip_shape(), .device = settings.device, .ahead = !settings.device.is_cpu()};
    for (int64_t first = 0; first < n; first += settings.at_once)
        feeding.sizes.push_back(std::min(settings.at_once, n - first));
    const int64_t batches = std::ssize(feeding.sizes);
    std::vector<std::vector<int64_t>> lost(batches);  // places in each batch; the feed orders the write before the read
    training::ClipFeed feed(std::move(feeding), [&](int64_t batch, const torch::Tensor& to) {
        lost[batch] = clips.test_views(part(batch), to);
    });
    int64_t done = 0;
    for (int64_t batch = 0; batch < batches; ++batch) {
        task.check();
        const auto views = feed.next();
        clips.tell_unreadable(task);
        if (lost[batch].empty()) {
            body({part(batch), views});
        } else if (const auto kept = training::other_places(lost[batch], std::ssize(part(batch))); !kept.empty()) {
            std::vector<int64_t> indices;
            for (const int64_t place : kept) indices.push_back(part(batch)[place]);
            body({indices, training::rows_of(views, kept)});
        }
        done += std::ssize(part(batch));
        task.advance(done);
    }
}

std::vector<int64_t> all_clips(const ClipStore& clips) {
    std::vector<int64_t> indices(clips.size());
    std::iota(indices.begin(), indices.end(), 0);
    return indices;
}

}  // namespace rest::engine
