// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "core/base/error.h"
#include "core/image/image.h"
#include "core/media/video_reader.h"

namespace rest::media {

struct FrameCacheSettings {
    std::filesystem::path folder;  // empty: nothing is stored
    int samples = 8;               // T
    int short_side = 256;          // maximum, of the stored frames; 0 keeps the size
    int jpeg_quality = 95;
};

/// A video's T sampled frames, decoded once and stored as JPEG.
///
/// The frames returned are always decoded from the JPEG bytes, stored or fresh, so the cache does not affect results.
/// An entry is valid only for the same file path, size, modification time and settings. Damaged entries are recreated.
/// Thread-safe: several threads may request several videos.
class FrameCache {
  public:
    explicit FrameCache(FrameCacheSettings settings, MediaLimits limits = {});

    /// T upright frames. An unreadable video is a Problem that names it. If the disk is full: Error (no_space).
    Expected<std::vector<image::Image>> frames(const std::filesystem::path& video) const;
    const FrameCacheSettings& settings() const { return settings_; }

  private:
    FrameCacheSettings settings_;
    MediaLimits limits_;
};

}  // namespace rest::media
