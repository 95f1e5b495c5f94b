// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/media/ffmpeg_handles.h"
#include "core/media/orientation.h"

namespace rest::media {

/// Whether frames of a pixel format can be turned so as they are. The ffmpeg program turns these before it converts
/// their colours and all others afterwards, which gives other pixels where colour is stored more coarsely than light.
bool turns_as_stored(int format, const Orientation& orientation);

/// `frame` upright by an orientation that changes it, of the same pixel format; null when FFmpeg cannot tell the
/// format's planes. Where only top and bottom change places it shares the pixels, which `frame` must keep.
Frame turned_frame(const AVFrame& frame, const Orientation& orientation);

/// One plane of pixels of `step` bytes; `width` and `height` are those of the result.
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
