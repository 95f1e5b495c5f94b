// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/base/error.h"
#include "core/media/video_reader.h"

namespace rest::media {

/// What `rest probe` reports about one clip.
struct ClipProbe {
    std::filesystem::path file;
    int64_t frames = 0;
    int width = 0;  // upright
    int height = 0;
    std::vector<int64_t> sampled;  // (samples,) frame numbers
};

/// Counts a clip's frames and samples `samples` of them uniformly. If a folder is given, it is created if missing, and
/// sample i is written there as `<stem>_<i>.png`, in the clip's own size. Throws Error if the PNG files cannot be
/// written.
Expected<ClipProbe> probe_clip(const std::filesystem::path& clip, int samples = 8,
                               const std::filesystem::path& png_folder = {}, const MediaLimits& limits = {});

}  // namespace rest::media
