// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/error.h"
#include "core/media/frame_source.h"
#include "core/media/orientation.h"

namespace rest::media {

struct FrameCount {
    std::vector<int64_t> shown;       // packet of each frame in output order
    std::vector<Orientation> turned;  // of each frame
    int width = 0;                    // of the first frame, as stored
    int height = 0;
    bool named = true;     // each frame identified its packet; otherwise `shown` only counts
    bool damaged = false;  // something did not decode cleanly
};

/// Decodes everything once. `packets` is how many the index lists.
Expected<FrameCount> count_frames(FrameSource& source, const Demuxer& demuxer, size_t packets);

}  // namespace rest::media
