// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/frame_times.h"

#include <algorithm>

namespace rest::media {
namespace {

double frame_rate(const AVStream& stream) {
    for (const AVRational rate : {stream.avg_frame_rate, stream.r_frame_rate}) {
        if (rate.num > 0 && rate.den > 0) return av_q2d(rate);
    }
    return 25;  // FFmpeg's default for a stream without a rate
}

/// From a timestamp to a later one; in a damaged file the difference may exceed 63 bits.
double distance(int64_t first, int64_t later) {
    return static_cast<double>(static_cast<uint64_t>(later) - static_cast<uint64_t>(first));
}

/// One kind of timestamp of all shown frames, ascending; empty if one is missing or two are equal.
std::vector<int64_t> stamps(const PacketIndex& index, int64_t PacketEntry::*stamp) {
    std::vector<int64_t> found;
    for (const int64_t packet : index.shown) found.push_back(index.packets[packet].*stamp);
    std::sort(found.begin(), found.end());
    const bool unusable = found.empty() || found.front() == AV_NOPTS_VALUE ||
                          std::adjacent_find(found.begin(), found.end()) != found.end();
    return unusable ? std::vector<int64_t>() : found;
}

}  // namespace

std::vector<double> frame_times(const PacketIndex& index, const AVStream& stream) {
    std::vector<int64_t> found = stamps(index, &PacketEntry::pts);
    if (found.empty()) found = stamps(index, &PacketEntry::dts);
    std::vector<double> times(index.shown.size());
    for (size_t i = 0; i < times.size(); ++i) {
        times[i] = found.empty() ? static_cast<double>(i) / frame_rate(stream)
                                 : distance(found[0], found[i]) * av_q2d(stream.time_base);
    }
    return times;
}

void describe_timing(const PacketIndex& index, const AVStream& stream, const std::vector<double>& times,
                     VideoInfo& info) {
    const double unit = av_q2d(stream.time_base);
    const auto n = static_cast<double>(times.size());
    double last = static_cast<double>(index.packets[index.shown.back()].duration) * unit;
    if (last <= 0) last = n > 1 ? times.back() / (n - 1) : 1 / frame_rate(stream);
    info.duration_seconds = times.back() + last;
    info.frames_per_second = n / info.duration_seconds;
    if (times.size() < 3) {
        info.variable_frame_rate = false;
        return;
    }
    double shortest = times[1] - times[0], longest = shortest;
    for (size_t i = 2; i < times.size(); ++i) {
        shortest = std::min(shortest, times[i] - times[i - 1]);
        longest = std::max(longest, times[i] - times[i - 1]);
    }
    // Containers with millisecond timestamps round: intervals that differ by one unit are a constant rate.
    info.variable_frame_rate = longest - shortest > std::max(2.5 * unit, 0.05 * times.back() / (n - 1));
}

}  // namespace rest::media
