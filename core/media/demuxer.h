// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/base/error.h"
#include "core/media/deadline.h"
#include "core/media/ffmpeg_handles.h"
#include "core/media/video_reader.h"

namespace rest::media {

/// An open file and the packets of one of its video streams, under limits. Not thread-safe.
///
/// Must not move: FFmpeg keeps a pointer to the deadline.
class Demuxer {
  public:
    static Expected<std::unique_ptr<Demuxer>> open(const std::filesystem::path& path, const MediaLimits& limits);
    Demuxer(const Demuxer&) = delete;
    Demuxer& operator=(const Demuxer&) = delete;

    /// Reads the next video packet; false at the end of the readable data, or on timeout.
    bool read(AVPacket& packet);
    /// True if FFmpeg could seek to a position at or before `timestamp` (stream units).
    bool seek(int64_t timestamp);
    /// Reopens the file, at its first packet.
    Expected<void> reopen();

    /// A timeout occurs if nothing is read or decoded for MediaLimits::stall_seconds; both calls restart the timer.
    void start_clock() { deadline_.start(limits_.stall_seconds); }
    /// Also calls MediaLimits::watch, whose exceptions propagate.
    void made_progress(const ReadProgress& progress);
    bool late() const { return deadline_.passed(); }
    tl::unexpected<Problem> too_slow() const;
    tl::unexpected<Problem> problem(ErrorCode code, const std::string& message, const std::string& remedy) const;

    const AVStream& stream() const { return *input_->streams[stream_]; }
    const AVCodecParameters& parameters() const { return *stream().codecpar; }
    /// FFmpeg's name of the container.
    std::string container() const { return input_->iformat->name; }
    const MediaLimits& limits() const { return limits_; }
    const std::filesystem::path& path() const { return path_; }

  private:
    Demuxer(const std::filesystem::path& path, const MediaLimits& limits) : path_(path), limits_(limits) {}
    Expected<void> check_file() const;
    Expected<void> open_input();
    Expected<void> choose_stream();

    std::filesystem::path path_;
    MediaLimits limits_;
    Deadline deadline_;
    Input input_;
    int stream_ = -1;
};

}  // namespace rest::media
