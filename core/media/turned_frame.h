// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/media/ffmpeg_handles.h"
#include "core/media/orientation.h"

namespace rest::media {

/// Whether frames of a pixel format can be rotated as stored. The ffmpeg program rotates these before it converts their
/// colours, and all others afterwards, which gives other pixels with chroma subsampling.
bool turns_as_stored(int format, const Orientation& orientation);

/// `frame` rotated upright by an orientation that changes it, in the same pixel format; null if FFmpeg does not know
/// the format's planes. If only top and bottom are swapped, it shares the pixels, which `frame` must keep alive.
Frame turned_frame(const AVFrame& frame, const Orientation& orientation);

/// One plane with pixels of `step` bytes; `width` and `height` are those of the result.
struct PlaneTurn {
    const uint8_t* from;
    ptrdiff_t from_stride;
    uint8_t* to;
    ptrdiff_t to_stride;
    int width;
    int height;
    int step;
};
void turn_plane(const PlaneTurn& plane, const Orientation& orientation);

}  // namespace rest::media
