// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/inference/clip_store.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/parallel.h"
#include "core/engine/inference/run_clips.h"
#include "core/image/planes.h"
#include "core/image/view.h"
#include "core/training/sampler.h"

namespace rest::engine {
namespace {

media::MediaLimits watched(const std::function<void()>& check) {
    media::MediaLimits limits;
    if (check) limits.watch = [check](const media::ReadProgress&) { check(); };
    return limits;
}

}  // namespace

ClipStore::ClipStore(ClipStoreSettings settings, std::vector<store::VideoRecord> videos)
    : settings_(std::move(settings)),
      cache_(settings_.cache, watched(settings_.check)),
      videos_(std::move(videos)),
      kept_(videos_.size()) {}

ClipStore::Frames ClipStore::frames(int64_t index) const {
    {
        std::lock_guard lock(mutex_);
        if (unreadable_.contains(index)) return nullptr;
        if (kept_[index]) return kept_[index];
    }
    auto found = cache_.frames(videos_[index].path);
    std::lock_guard lock(mutex_);
    if (!found) {
        if (unreadable_.emplace(index, found.error()).second) untold_.push_back(index);
        return nullptr;
    }
    int64_t bytes = 0;
    for (const auto& image : *found) bytes += static_cast<int64_t>(image.rgb.size());
    auto frames = std::make_shared<const std::vector<image::Image>>(std::move(*found));
    if (!kept_[index] && kept_bytes_ + bytes <= settings_.memory_budget) {
        kept_[index] = frames;
        kept_bytes_ += bytes;
    }
    return frames;
}

std::vector<int64_t> ClipStore::put_views(
    std::span<const int64_t> indices, const torch::Tensor& out,
    const std::function<PutFrame(int64_t index, const image::Image& first)>& prepare) const {
    TORCH_INTERNAL_ASSERT(out.is_contiguous() && out.scalar_type() == torch::kUInt8 &&
                          out.size(0) == std::ssize(indices));
    auto* const views = out.data_ptr<uint8_t>();
    const int64_t view = out.size(2) * out.size(3) * out.size(4), samples = out.size(1);
    std::vector<char> lost(indices.size());
    parallel_for(std::ssize(indices), [&](int64_t b) {
        const auto clip = frames(indices[b]);
        if (!clip) return void(lost[b] = true);
        const auto put = prepare(indices[b], clip->front());
        for (int64_t t = 0; t < std::min(samples, std::ssize(*clip)); ++t)
            put((*clip)[t], views + (b * samples + t) * view);
    });
    std::vector<int64_t> places;
    for (int64_t b = 0; b < std::ssize(lost); ++b) {
        if (lost[b]) places.push_back(b);
    }
    return places;
}

std::vector<int64_t> ClipStore::test_views(std::span<const int64_t> indices, const torch::Tensor& out) const {
    const auto side = static_cast<int>(settings_.view);
    const PutFrame put = [side](const image::Image& frame, uint8_t* planes) {
        image::to_planes(image::test_view(frame, side), false, planes);
    };
    return put_views(indices, out, [&](int64_t, const image::Image&) { return put; });
}

std::vector<int64_t> ClipStore::train_views(std::span<const int64_t> indices,
                                            const training::AugmentationSettings& augmentation, uint64_t seed,
                                            int64_t epoch, const torch::Tensor& out) const {
    const auto side = static_cast<int>(settings_.view);
    return put_views(indices, out, [&](int64_t index, const image::Image& first) -> PutFrame {
        auto random = training::draw_for(training::DrawPurpose::augmentation, seed, epoch, index);
        return [side, draw = training::draw_augmentation(first.width, first.height, augmentation, random)](
                   const image::Image& frame, uint8_t* planes) { training::train_view(frame, draw, side, planes); };
    });
}

std::vector<std::pair<int64_t, Problem>> ClipStore::unreadable() const {
    std::lock_guard lock(mutex_);
    return {unreadable_.begin(), unreadable_.end()};
}

bool ClipStore::readable(int64_t index) const {
    std::lock_guard lock(mutex_);
    return !unreadable_.contains(index);
}

std::vector<int64_t> ClipStore::readable_clips() const {
    std::lock_guard lock(mutex_);
    std::vector<int64_t> out;
    for (int64_t i = 0; i < size(); ++i) {
        if (!unreadable_.contains(i)) out.push_back(i);
    }
    return out;
}

void ClipStore::leave_out(int64_t index, Problem why, bool agreed) {
    std::lock_guard lock(mutex_);
    if (!unreadable_.emplace(index, std::move(why)).second) return;
    if (agreed) {
        ++agreed_;
    } else {
        untold_.push_back(index);
    }
}

void ClipStore::tell_unreadable(Task& task) const {
    std::vector<std::pair<std::string, Problem>> news;
    int64_t lost = 0;
    {
        std::lock_guard lock(mutex_);
        std::ranges::sort(untold_);
        for (const int64_t index : untold_) news.emplace_back(videos_[index].name, unreadable_.at(index));
        untold_.clear();
        lost = std::ssize(unreadable_) - agreed_;
    }
    if (news.empty()) return;
    for (const auto& [name, problem] : news) {
        task.log(LogLevel::warning, fmt::format("{}: {} It is left out.", name, problem.message));
    }
    const int64_t all = size() - agreed_;
    if (!too_many_lost(lost, all, settings_.unreadable_share)) return;
    throw Error(ErrorCode::damaged,
                fmt::format("{} of {} clips cannot be read, more than unreadable_share = {} allows; the last is {}: {}",
                            lost, all, settings_.unreadable_share, news.back().first, news.back().second.message),
                "Put the files back, or import them again so that the project knows which can be read, or allow more "
                "with unreadable_share.");
}

}  // namespace rest::engine
