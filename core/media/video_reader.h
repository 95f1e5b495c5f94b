// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/image/image.h"

namespace rest::media {

/// Limits that keep a hostile or broken file from hanging the program or filling its memory.
struct MediaLimits {
    int64_t max_pixels = int64_t{8192} * 8192;  // of one frame
    double max_seconds = 60;                    // of work on one call
    int max_streams = 64;
    int64_t max_packets = int64_t{1} << 22;  // of the video stream: more than a day at 30 frames a second
    int64_t probe_bytes = 5'000'000;         // read to find out what streams there are
    int threads = 1;                         // of one reader's decoder, 1 to 16: 1 where many readers run side by side
};

/// MediaLimits::threads for a caller who waits for one clip: 4, or 1 on one processor. The frames are the same.
/// Decoding threads wait for each other's rows of pixels, so that two processors are busy with four; in the small
/// frames of Kinetics no more than that find work.
int threads_for_one_clip();

struct VideoInfo {
    int64_t frames = 0;  // that decode, in presentation order; counted, not believed from the header
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

/// One video file, its frames addressed by number in presentation order.
///
/// Opening indexes the packets (timestamps and key frames, no decoding where the container can be trusted); reading
/// seeks to the key frame before the target and decodes forward, so reading neighbours in order is cheap. Frames come
/// upright. Not thread-safe: one reader per thread. Decodes with one thread of its own or, where the limits allow more,
/// H.264 that is sound with several: then reading is done sooner for more work in all.
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
    /// The frames asked for, in the order asked, each decoded once; `indices` ascending, repeats allowed.
    /// Both throw Error (invalid_argument) for numbers outside.
    Expected<std::vector<image::Image>> frames(std::span<const int64_t> indices);
    /// The frames of uniform_sample(info().frames, samples).
    Expected<std::vector<image::Image>> sample(int samples = 8);

  private:
    struct Impl;
    explicit VideoReader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace rest::media
