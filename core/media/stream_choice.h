// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/media/ffmpeg_handles.h"

namespace rest::media {

/// The video stream that the ffmpeg program selects by default, -1 without one: the one with most pixels, where streams
/// with packets seen and streams marked as default weigh more; ties go to the first. Cover pictures are skipped, even
/// if there is nothing else.
int choose_video_stream(const AVFormatContext& input);

/// "stream 1 of 2 video streams (h264, 96 x 64); passed over: stream 0 (mjpeg, 160 x 90)"; empty if there was no
/// choice.
std::string describe_choice(const AVFormatContext& input, int chosen);

}  // namespace rest::media
