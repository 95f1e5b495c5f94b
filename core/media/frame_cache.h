// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "core/base/error.h"
#include "core/image/image.h"
#include "core/media/video_reader.h"

namespace rest::media {

struct FrameCacheSettings {
    std::filesystem::path folder;  // empty: nothing is kept
    int samples = 8;               // T
    int short_side = 256;          // of the stored frames at most; 0 keeps the size
    int jpeg_quality = 95;
};

/// A video's T sampled frames, decoded once and kept as JPEG.
///
/// The frames given are always those that come back from the JPEG bytes, kept or fresh, so a cache changes nothing.
/// A kept entry counts only for the same file path, size, modification time and settings. Damaged entries are made
/// anew. Thread-safe: several threads may ask for several videos.
class FrameCache {
  public:
    explicit FrameCache(FrameCacheSettings settings, MediaLimits limits = {});

    /// T upright frames. A video that cannot be read is a Problem that names it. No disk space: Error (no_space).
    Expected<std::vector<image::Image>> frames(const std::filesystem::path& video) const;
    const FrameCacheSettings& settings() const { return settings_; }

  private:
    FrameCacheSettings settings_;
    MediaLimits limits_;
};

}  // namespace rest::media
