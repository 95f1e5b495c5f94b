// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/image/image.h"
#include "core/media/ffmpeg_handles.h"
#include "core/media/orientation.h"

namespace rest::media {

/// Decoded frames to upright RGB of one size: the very bytes that the ffmpeg program writes as rgb24. Its scaler, its
/// flags, and its choice of matrix and range for every pixel format: the stream's own, where it names them, else BT.601
/// and whatever the scaler takes for the format (limited for most YUV, full for grey and yuvj). Pixels need not be
/// square: as in the ffmpeg program, they stay as they are stored.
class FrameConverter {
  public:
    /// Size of what comes out, upright. A frame of another size is scaled to it.
    FrameConverter(int width, int height);
    /// Nothing when FFmpeg cannot convert this kind of frame.
    std::optional<image::Image> convert(const AVFrame& frame, const Orientation& orientation);

  private:
    /// What the scaler is made for.
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
