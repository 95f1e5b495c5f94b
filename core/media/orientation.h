// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/media/ffmpeg_handles.h"

namespace rest::media {

/// How a stored picture becomes an upright one: transposed first, then mirrored.
struct Orientation {
    bool transposed = false;  // columns become rows
    bool mirrored_x = false;  // left and right change places
    bool mirrored_y = false;  // top and bottom change places
    bool exact = true;        // false: the nearest to a turn by no multiple of 90 degrees
    int degrees() const;      // clockwise: 0, 90, 180, 270 (a mirror image counts as its nearest turn)
    bool changes() const { return transposed || mirrored_x || mirrored_y; }
    bool operator==(const Orientation&) const = default;
};

/// From the container's display matrix. Turns that are no multiple of 90 degrees count as the nearest one.
Orientation orientation_of(const AVStream& stream);

/// The container's, else from the display matrix that came with the frame (H.264 and HEVC display orientation, Exif in
/// a JPEG). Where both are there the ffmpeg program has it so from version 7 on.
Orientation orientation_of(const AVFrame& frame, const AVStream& stream);
/// The same of a frame that comes after one of orientation `before`. What H.264 and HEVC tell once holds until they
/// tell otherwise; FFmpeg's decoders give it with one frame alone, and the ffmpeg program turns no other.
Orientation orientation_after(const Orientation& before, const AVFrame& frame, const AVStream& stream);

}  // namespace rest::media
