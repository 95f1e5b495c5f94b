// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/frame_count.h"

#include <fmt/format.h>

#include <algorithm>

namespace rest::media {
namespace {

tl::unexpected<Problem> too_much(const Demuxer& demuxer, const FrameCount& count) {
    return demuxer.problem(ErrorCode::unsupported,
                           fmt::format("must be decoded to count its frames, and has more than {} of {} x {} pixels",
                                       count.shown.size(), count.width, count.height),
                           "Convert it to MP4 with ffmpeg, or cut it into shorter videos.");
}

}  // namespace

Expected<FrameCount> count_frames(FrameSource& source, const Demuxer& demuxer, size_t packets) {
    FrameCount count;
    std::vector<bool> seen(packets);
    source.set_droppable({});
    source.set_last(FrameSource::kNoLast);
    if (!source.start_at(0)) {
        return demuxer.problem(ErrorCode::io, "cannot be read a second time",
                               "Check that the file is not being written by another program.");
    }
    int64_t pixels = 0;
    while (const AVFrame* frame = source.next()) {
        pixels += int64_t{frame->width} * frame->height;
        if (pixels > demuxer.limits().max_counted_pixels) return too_much(demuxer, count);
        if (count.shown.empty()) {
            count.width = frame->width;
            count.height = frame->height;
        }
        const Orientation before = count.turned.empty() ? orientation_of(demuxer.stream()) : count.turned.back();
        count.turned.push_back(orientation_after(before, *frame, demuxer.stream()));
        const int64_t packet = frame->pts;
        if (packet < 0 || packet >= static_cast<int64_t>(packets) || seen[packet]) {
            count.named = false;
        } else {
            seen[packet] = true;
        }
        count.shown.push_back(packet);
    }
    if (demuxer.late()) return demuxer.too_slow();
    count.damaged = source.damaged();
    if (!count.named) {
        const int64_t last = static_cast<int64_t>(packets) - 1;
        for (size_t i = 0; i < count.shown.size(); ++i) count.shown[i] = std::min(static_cast<int64_t>(i), last);
    }
    return count;
}

}  // namespace rest::media
