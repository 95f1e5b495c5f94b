// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include "core/base/error.h"
#include "core/base/task.h"

namespace rest::study {

struct SmallClipSettings {
    int short_side = 288;               // maximum in pixels; made even
    double max_frames_per_second = 30;  // faster clips lose frames, slower ones keep theirs
    int quality = 27;                   // x264's constant rate factor, lower is better
};

/// Re-encodes a clip as a small, muted H.264 MP4 of the same length, upright and at a constant frame rate. An
/// unreadable clip is a problem; throws Error if `to` cannot be written, and Cancelled. `task` is only checked for
/// cancelling, so several clips may be encoded in parallel.
std::optional<Problem> write_small_clip(const std::filesystem::path& from, const std::filesystem::path& to,
                                        const SmallClipSettings& settings, Task& task);

}  // namespace rest::study
