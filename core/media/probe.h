// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/base/error.h"
#include "core/media/video_reader.h"

namespace rest::media {

/// What `rest probe` tells of one clip.
struct ClipProbe {
    std::filesystem::path file;
    int64_t frames = 0;
    int width = 0;  // upright
    int height = 0;
    std::vector<int64_t> sampled;  // (samples,) frame numbers
};

/// Counts a clip's frames and samples `samples` of them uniformly. With a folder given, made when missing, it also
/// writes sample i as `<stem>_<i>.png` there, in the clip's own size. Throws Error when the PNG files cannot be
/// written.
Expected<ClipProbe> probe_clip(const std::filesystem::path& clip, int samples = 8,
                               const std::filesystem::path& png_folder = {}, const MediaLimits& limits = {});

}  // namespace rest::media
