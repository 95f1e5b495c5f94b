// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/inference/clip_batches.h"

#include <algorithm>
#include <numeric>

#include "core/training/clip_feed.h"

namespace rest::engine {

void for_each_batch(const ClipStore& clips, std::span<const int64_t> indices, const ClipBatchSettings& settings,
                    Task& task, const std::function<void(const ClipBatch&)>& body) {
    const int64_t n = std::ssize(indices), each_round = settings.at_once * settings.turns.size;
    const int64_t rounds = (n + each_round - 1) / each_round;
    const auto part = [&](int64_t round) {  // empty where there is no batch left for this process
        const int64_t first = std::min(n, round * each_round + settings.turns.rank * settings.at_once);
        return indices.subspan(first, std::min(settings.at_once, n - first));
    };
    training::ClipFeedSettings feeding{
        .clip_shape = clips.clip_shape(), .device = settings.device, .ahead = !settings.device.is_cpu()};
    for (int64_t round = 0; round < rounds; ++round) feeding.sizes.push_back(std::ssize(part(round)));
    training::ClipFeed feed(std::move(feeding),
                            [&](int64_t round, const torch::Tensor& to) { return clips.test_views(part(round), to); });
    for (int64_t round = 0; round < rounds; ++round) {
        task.check();
        const auto read = feed.next();
        clips.tell_unreadable(task);
        std::vector<int64_t> there;
        for (const int64_t place : read.places) there.push_back(part(round)[place]);
        if (!there.empty()) body({there, read.clips});
        if (settings.turns.after_round) settings.turns.after_round();
        task.advance(std::min(n, (round + 1) * each_round));
    }
}

std::vector<int64_t> all_clips(const ClipStore& clips) {
    std::vector<int64_t> indices(clips.size());
    std::iota(indices.begin(), indices.end(), 0);
    return indices;
}

}  // namespace rest::engine
