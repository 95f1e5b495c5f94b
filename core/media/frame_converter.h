// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/image/image.h"
#include "core/media/ffmpeg_handles.h"
#include "core/media/orientation.h"

namespace rest::media {

/// Converts decoded frames to upright RGB of one size: byte-identical to what the ffmpeg program writes as rgb24. It
/// uses ffmpeg's scaler, flags, and choice of matrix and range for every pixel format: the stream's own, if specified,
/// else BT.601 and the scaler's default for the format (limited for most YUV, full for grey and yuvj). Pixels need not
/// be square: as in the ffmpeg program, they stay as stored.
class FrameConverter {
  public:
    /// The output size, upright. A frame of another size is scaled to it.
    FrameConverter(int width, int height);
    /// Empty if FFmpeg cannot convert this kind of frame.
    std::optional<image::Image> convert(const AVFrame& frame, const Orientation& orientation);

  private:
    /// The kind of frame that the scaler is set up for.
    struct Kind {
        int width = 0, height = 0, format = -1;
        int to_width = 0, to_height = 0;
        int matrix = 0, range = 0;
        bool operator==(const Kind&) const = default;
    };
    bool prepare(const Kind& kind);
    bool make_scaler(const Kind& kind);
    image::Image upright(const Orientation& orientation) const;

    int width_;
    int height_;
    Kind kind_;
    Scaler scaler_;
    Frame rgb_;
};

}  // namespace rest::media
