// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/media/packet_index.h"
#include "core/media/video_reader.h"

namespace rest::media {

/// Seconds from the first frame, ascending, one per shown frame: from the presentation times if all are known and
/// distinct, else from the decoding times, else from the frame rate.
std::vector<double> frame_times(const PacketIndex& index, const AVStream& stream);

/// Sets duration, frame rate and whether it varies.
void describe_timing(const PacketIndex& index, const AVStream& stream, const std::vector<double>& times,
                     VideoInfo& info);

}  // namespace rest::media
