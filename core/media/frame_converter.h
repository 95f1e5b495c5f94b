// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/image/image.h"
#include "core/media/ffmpeg_handles.h"
#include "core/media/orientation.h"

namespace rest::media {

/// Decoded frames to upright RGB of one size. Same scaler, same flags, and the stream's own matrix and range (BT.601,
/// limited, where it names none): the very bytes that the ffmpeg program writes.
class FrameConverter {
  public:
    /// Size before turning upright.
    FrameConverter(int width, int height, const Orientation& orientation);
    /// Nothing when FFmpeg cannot convert this kind of frame.
    std::optional<image::Image> convert(const AVFrame& frame);

  private:
    bool prepare(const AVFrame& frame);
    image::Image upright() const;

    int width_;
    int height_;
    Orientation orientation_;
    Scaler scaler_;
    Frame rgb_;
};

}  // namespace rest::media
