// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/clip_store.h"

#include "core/base/parallel.h"
#include "core/media/view.h"
#include "core/training/sampler.h"

namespace rest {
namespace {

/// Writes frame t of clip b, (S, S, 3) interleaved, into out (B, T, 3, S, S).
void put_frame(torch::Tensor& out, int64_t b, int64_t t, const Image& view) {
    const int64_t plane = out.size(3) * out.size(4);
    uint8_t* to = out.data_ptr<uint8_t>() + (b * out.size(1) + t) * 3 * plane;
    const uint8_t* from = view.rgb.data();
    for (int64_t i = 0; i < plane; ++i) {
        to[i] = from[3 * i];
        to[plane + i] = from[3 * i + 1];
        to[2 * plane + i] = from[3 * i + 2];
    }
}

}  // namespace

ClipStore::ClipStore(ClipStoreSettings settings, std::vector<VideoRecord> videos)
    : settings_(std::move(settings)), cache_(settings_.cache), videos_(std::move(videos)), kept_(videos_.size()) {}

std::vector<Image> ClipStore::frames(int64_t index) const {
    {
        std::lock_guard lock(mutex_);
        if (!kept_[index].empty()) return kept_[index];
    }
    auto found = cache_.frames(videos_[index].path);
    std::lock_guard lock(mutex_);
    if (!found) {
        unreadable_.emplace(index, found.error());
        return std::vector<Image>(settings_.cache.samples, Image(static_cast<int>(settings_.view), static_cast<int>(settings_.view)));
    }
    int64_t bytes = 0;
    for (const auto& image : *found) bytes += static_cast<int64_t>(image.rgb.size());
    if (kept_[index].empty() && kept_bytes_ + bytes <= settings_.memory_budget) {
        kept_[index] = *found;
        kept_bytes_ += bytes;
    }
    return std::move(*found);
}

torch::Tensor ClipStore::test_views(std::span<const int64_t> indices) const {
    const auto n = static_cast<int64_t>(indices.size());
    auto out = torch::empty({n, settings_.cache.samples, 3, settings_.view, settings_.view}, torch::kUInt8);
    parallel_for(n, [&](int64_t b) {
        const auto clip = frames(indices[b]);
        for (size_t t = 0; t < clip.size(); ++t) {
            put_frame(out, b, static_cast<int64_t>(t), test_view(clip[t], static_cast<int>(settings_.view)));
        }
    });
    return out;
}

torch::Tensor ClipStore::train_views(std::span<const int64_t> indices, const AugmentationSettings& augmentation,
                                     uint64_t seed, int64_t epoch) const {
    const auto n = static_cast<int64_t>(indices.size());
    auto out = torch::empty({n, settings_.cache.samples, 3, settings_.view, settings_.view}, torch::kUInt8);
    parallel_for(n, [&](int64_t b) {
        const auto clip = frames(indices[b]);
        auto random = draw_for(DrawPurpose::augmentation, seed, epoch, indices[b]);
        const auto draw = draw_augmentation(clip[0].width, clip[0].height, augmentation, random);
        const auto views = train_view(clip, draw, static_cast<int>(settings_.view));
        for (size_t t = 0; t < views.size(); ++t) put_frame(out, b, static_cast<int64_t>(t), views[t]);
    });
    return out;
}

std::vector<std::pair<int64_t, Problem>> ClipStore::unreadable() const {
    std::lock_guard lock(mutex_);
    return {unreadable_.begin(), unreadable_.end()};
}

bool ClipStore::readable(int64_t index) const {
    std::lock_guard lock(mutex_);
    return !unreadable_.contains(index);
}

}  // namespace rest
