// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "core/base/task.h"
#include "core/media/frame_cache.h"
#include "core/store/records.h"
#include "core/training/augmentation.h"

namespace rest::engine {

struct ClipStoreSettings {
    media::FrameCacheSettings cache;
    int64_t view = 224;                        // side of the views in pixels
    int64_t memory_budget = int64_t{1} << 30;  // bytes of decoded frames kept in memory
    double unreadable_share = 1;               // of the clips: if more are unreadable, tell_unreadable() throws
};

/// The videos of a run as tensors. Frames come from the frame cache; as many as fit the budget stay decoded in memory.
/// Thread-safe. A video that turns out unreadable gives no view, now or later: it is not replaced by other frames.
class ClipStore {
  public:
    ClipStore(ClipStoreSettings settings, std::vector<store::VideoRecord> videos);

    int64_t size() const { return static_cast<int64_t>(videos_.size()); }
    const store::VideoRecord& video(int64_t index) const { return videos_[index]; }
    const ClipStoreSettings& settings() const { return settings_; }

    /// Writes the test views of the videos with these indices to `out`, contiguous (B, T, 3, S, S) uint8 on the CPU.
    /// Returns the places in `indices`, ascending, of videos that cannot be read: nothing is written there.
    std::vector<int64_t> test_views(std::span<const int64_t> indices, const torch::Tensor& out) const;
    /// Train views with one random draw per clip, keyed by (seed, epoch, video). Returns as test_views().
    std::vector<int64_t> train_views(std::span<const int64_t> indices,
                                     const training::AugmentationSettings& augmentation, uint64_t seed, int64_t epoch,
                                     const torch::Tensor& out) const;
    /// (T, 3, S, S) of one clip's views.
    std::vector<int64_t> clip_shape() const { return {settings_.cache.samples, 3, settings_.view, settings_.view}; }
    /// Unreadable videos, by index. Grows as views are requested.
    std::vector<std::pair<int64_t, Problem>> unreadable() const;
    bool readable(int64_t index) const;
    /// Indices of all clips that are not known to be unreadable, ascending.
    std::vector<int64_t> readable_clips() const;
    /// Treats a video as unreadable from now on. One that is `agreed` on does not count among the store's clips for
    /// `unreadable_share`.
    void leave_out(int64_t index, Problem why, bool agreed);
    /// Reports to the task what has turned out unreadable since the last call. Throws Error (damaged) if more than
    /// `unreadable_share` of the clips are. Call it where using the task is allowed.
    void tell_unreadable(Task& task) const;

  private:
    using Frames = std::shared_ptr<const std::vector<image::Image>>;
    using PutFrame = std::function<void(const image::Image& frame, uint8_t* planes)>;  // writes one view, (3, S, S)

    /// Null if they cannot be read.
    Frames frames(int64_t index) const;
    /// `prepare` is called once for each clip, with its index and its first frame. Returns the places of the
    /// unreadable.
    std::vector<int64_t> put_views(
        std::span<const int64_t> indices, const torch::Tensor& out,
        const std::function<PutFrame(int64_t index, const image::Image& first)>& prepare) const;

    ClipStoreSettings settings_;
    media::FrameCache cache_;
    std::vector<store::VideoRecord> videos_;
    mutable std::mutex mutex_;
    mutable std::vector<Frames> kept_;
    mutable int64_t kept_bytes_ = 0;
    mutable std::map<int64_t, Problem> unreadable_;
    mutable std::vector<int64_t> untold_;  // of these
    int64_t agreed_ = 0;                   // of these, left out by agreement
};

}  // namespace rest::engine
