// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/stream_choice.h"

#include <fmt/format.h>

#include <cstdint>

namespace rest::media {
namespace {

bool is_video(const AVStream& stream) {
    return stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO && (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) == 0;
}

/// The weights are the ffmpeg program's, unchanged from version 4 to 8.
int64_t score(const AVStream& stream) {
    constexpr int64_t kHasPackets = 100'000'000, kIsDefault = 5'000'000;
    const bool packets = (stream.event_flags & AVSTREAM_EVENT_FLAG_NEW_PACKETS) != 0;
    const bool by_default = (stream.disposition & AV_DISPOSITION_DEFAULT) != 0;
    return int64_t{stream.codecpar->width} * stream.codecpar->height + (packets ? kHasPackets : 0) +
           (by_default ? kIsDefault : 0);
}

std::string described(const AVStream& stream) {
    const AVCodecParameters& p = *stream.codecpar;
    return fmt::format("{}, {} x {}", avcodec_get_name(p.codec_id), p.width, p.height);
}

}  // namespace

int choose_video_stream(const AVFormatContext& input) {
    int best = -1;
    for (unsigned i = 0; i < input.nb_streams; ++i) {
        if (!is_video(*input.streams[i])) continue;
        if (best < 0 || score(*input.streams[i]) > score(*input.streams[best])) best = static_cast<int>(i);
    }
    return best;
}

std::string describe_choice(const AVFormatContext& input, int chosen) {
    std::string others;
    int count = 0;
    for (unsigned i = 0; i < input.nb_streams; ++i) {
        if (!is_video(*input.streams[i])) continue;
        ++count;
        if (static_cast<int>(i) == chosen) continue;
        others += fmt::format("{}stream {} ({})", others.empty() ? "" : ", ", i, described(*input.streams[i]));
    }
    if (others.empty()) return {};
    return fmt::format("stream {} of {} video streams ({}); passed over: {}", chosen, count,
                       described(*input.streams[chosen]), others);
}

}  // namespace rest::media
