// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/media/ffmpeg_handles.h"

namespace rest::media {

/// The transformation of a stored picture to an upright one: transposed first, then mirrored.
struct Orientation {
    bool transposed = false;  // columns become rows
    bool mirrored_x = false;  // swaps left and right
    bool mirrored_y = false;  // swaps top and bottom
    bool exact = true;        // false: the nearest to a rotation that is not a multiple of 90 degrees
    int degrees() const;      // clockwise: 0, 90, 180, 270 (a mirror image counts as its nearest turn)
    bool changes() const { return transposed || mirrored_x || mirrored_y; }
    bool operator==(const Orientation&) const = default;
};

/// From the container's display matrix. Rotations that are not multiples of 90 degrees count as the nearest one.
Orientation orientation_of(const AVStream& stream);

/// The container's, else from the display matrix that came with the frame (H.264 and HEVC display orientation, Exif in
/// a JPEG). If both exist, this is the ffmpeg program's choice from version 7 on.
Orientation orientation_of(const AVFrame& frame, const AVStream& stream);
/// The same for a frame that follows one of orientation `before`. An orientation in H.264 and HEVC applies until the
/// next one; FFmpeg's decoders attach it to a single frame, and the ffmpeg program rotates only that frame.
Orientation orientation_after(const Orientation& before, const AVFrame& frame, const AVStream& stream);

}  // namespace rest::media
