// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/media/ffmpeg_handles.h"

namespace rest::media {

/// How a stored picture becomes an upright one: transposed first, then mirrored.
struct Orientation {
    bool transposed = false;  // columns become rows
    bool mirrored_x = false;  // left and right change places
    bool mirrored_y = false;  // top and bottom change places
    int degrees() const;      // clockwise: 0, 90, 180, 270 (a mirror image counts as its nearest turn)
};

/// From the stream's display matrix. Turns that are no multiple of 90 degrees count as the nearest one.
Orientation orientation_of(const AVStream& stream);

}  // namespace rest::media
