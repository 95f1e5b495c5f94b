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

/// One open file and the packets of one of its video streams, under limits. Not thread-safe.
///
/// Lives at one address: FFmpeg keeps a pointer to the deadline.
class Demuxer {
  public:
    static Expected<std::unique_ptr<Demuxer>> open(const std::filesystem::path& path, const MediaLimits& limits);
    Demuxer(const Demuxer&) = delete;
    Demuxer& operator=(const Demuxer&) = delete;

    /// The next video packet; false at the end of what can be read, or when time is up.
    bool read(AVPacket& packet);
    /// True when FFmpeg found a place at or before `timestamp` (stream units).
    bool seek(int64_t timestamp);
    /// Opens the file anew, at its first packet.
    Expected<void> reopen();

    /// Time is up when nothing is read or decoded for MediaLimits::stall_seconds; both calls start the clock anew.
    void start_clock() { deadline_.start(limits_.stall_seconds); }
    /// Tells MediaLimits::watch too, whose exceptions pass.
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
