// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/media/ffmpeg_handles.h"

namespace rest::media {

/// The video stream that the ffmpeg program takes when it is told nothing, -1 without one: most pixels, where a stream
/// of which packets were seen and one that is marked as default count as more; of equals the first. Covers are passed
/// over, also where there is nothing else.
int choose_video_stream(const AVFormatContext& input);

/// "stream 1 of 2 video streams (h264, 96 x 64); passed over: stream 0 (mjpeg, 160 x 90)"; empty where there was no
/// choice.
std::string describe_choice(const AVFormatContext& input, int chosen);

}  // namespace rest::media
