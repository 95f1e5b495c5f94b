// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/image/image.h"

namespace rest::media {

/// Progress of a long call.
struct ReadProgress {
    int64_t packets = 0;  // read, or decoded if `decoding`
    int64_t total = 0;    // packets in all, 0 while unknown
    bool decoding = false;
};

/// Limits that keep a malicious or broken file from hanging the program or filling its memory. A long video is fine:
/// the timeout applies only if nothing at all is read or decoded for that long.
struct MediaLimits {
    int64_t max_pixels = int64_t{8192} * 8192;  // of one frame
    /// Of all frames of a video that must be decoded once to count them: a day and a half of 1080p.
    int64_t max_counted_pixels = int64_t{1} << 43;
    double stall_seconds = 60;  // without any progress
    int max_streams = 64;
    int64_t max_packets = int64_t{1} << 22;  // of the video stream: more than a day at 30 frames a second
    int64_t probe_bytes = 5'000'000;         // read to find the streams
    int threads = 1;                         // of one reader's decoder, 1 to 16; 1 if many readers run in parallel
    /// Called on the reading thread after every packet and frame of open() and of reading frames. An exception from it
    /// ends that call and propagates; the reader stays usable.
    std::function<void(const ReadProgress&)> watch = {};
};

/// MediaLimits::threads for a caller who waits for one clip: 4, or 1 on a single processor. The frames are the same.
/// Decoding threads wait for each other's rows of pixels, so four threads keep two processors busy; with the small
/// frames of Kinetics no more of them find work.
int threads_for_one_clip();

struct VideoInfo {
    int64_t frames = 0;  // decodable, in presentation order; counted, not taken from the header
    int width = 0;       // upright, after rotation metadata
    int height = 0;
    int rotation = 0;  // degrees clockwise that were applied: 0, 90, 180, 270
    double duration_seconds = 0;
    double frames_per_second = 0;  // average
    bool variable_frame_rate = false;
    std::string codec;      // "h264"
    std::string container;  // "mov,mp4,m4a,3gp,3g2,mj2"
};

/// Frame floor((i + 0.5) * frames / samples) for i in [0, samples): the paper's uniform sampling. frames > 0.
std::vector<int64_t> uniform_sample(int64_t frames, int samples = 8);

/// A video file whose frames are addressed by number in presentation order.
///
/// Opening indexes the packets (timestamps and key frames, without decoding if the container can be trusted); reading
/// seeks to the key frame before the target and decodes forward, so reading consecutive frames is cheap. Frames are
/// returned upright. Not thread-safe: one reader per thread. Decodes with one thread or, if the limits allow more,
/// undamaged H.264 with several: faster, but with more work in total.
class VideoReader {
  public:
    static Expected<VideoReader> open(const std::filesystem::path& path, const MediaLimits& limits = {});
    VideoReader(VideoReader&&) noexcept;
    VideoReader& operator=(VideoReader&&) noexcept;
    ~VideoReader();

    const VideoInfo& info() const;
    /// Presentation times in seconds from the first frame, one per frame, ascending.
    const std::vector<double>& times_seconds() const;
    /// Frame `i`, 0 <= i < info().frames.
    Expected<image::Image> frame(int64_t i);
    /// The requested frames, in the requested order, each decoded once; `indices` ascending, repeats allowed. Both
    /// throw Error (invalid_argument) for numbers out of range.
    Expected<std::vector<image::Image>> frames(std::span<const int64_t> indices);
    /// The frames of uniform_sample(info().frames, samples).
    Expected<std::vector<image::Image>> sample(int samples = 8);

  private:
    struct Impl;
    explicit VideoReader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace rest::media
