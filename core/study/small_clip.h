// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include "core/base/error.h"
#include "core/base/task.h"

namespace rest::study {

struct SmallClipSettings {
    int short_side = 288;               // pixels at most; made even
    double max_frames_per_second = 30;  // faster clips lose frames, slower ones keep theirs
    int quality = 27;                   // x264's constant rate factor, lower is better
};

/// Writes a clip again as a small, muted H.264 MP4 of the same length, upright and at an even frame rate. A clip that
/// cannot be read is a problem; throws Error when `to` cannot be written, and Cancelled. Asks `task` only whether to
/// stop, so several clips may be made at a time.
std::optional<Problem> write_small_clip(const std::filesystem::path& from, const std::filesystem::path& to,
                                        const SmallClipSettings& settings, Task& task);

}  // namespace rest::study
