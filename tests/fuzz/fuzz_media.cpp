// SPDX-License-Identifier: GPL-3.0-or-later
// A video file: indexed, a sample of two frames decoded. FFmpeg itself is not instrumented; our use of its output is.
#include <cmath>

#include "core/media/video_reader.h"
#include "tests/fuzz/fuzz.h"

namespace rest::fuzz {
namespace {

const media::MediaLimits kLimits{
    .max_pixels = int64_t{512} * 512, .max_counted_pixels = int64_t{1} << 28, .stall_seconds = 5, .max_streams = 8};

void check(const media::VideoReader& reader) {
    const media::VideoInfo& info = reader.info();
    promise(info.frames > 0 && info.width > 0 && info.height > 0, "a video has a frame");
    promise(int64_t{info.width} * info.height <= kLimits.max_pixels, "no more pixels than allowed");
    promise(std::ssize(reader.times_seconds()) == info.frames, "every frame has its time");
    double last = 0;
    for (const double time : reader.times_seconds()) {
        promise(std::isfinite(time) && time >= last, "times ascend");
        last = time;
    }
    promise(std::isfinite(info.duration_seconds) && std::isfinite(info.frames_per_second), "rates are numbers");
}

void check(const std::vector<image::Image>& images) {
    for (const image::Image& image : images) {
        promise(image.rgb.size() == size_t{3} * image.width * image.height, "an image has its pixels");
    }
}

}  // namespace

Outcome try_input(std::string_view bytes) {
    static Scratch scratch;
    const auto path = scratch.put("made.mp4", bytes);
    auto reader = media::VideoReader::open(path, kLimits);
    if (!reader) {
        promise(reader.error().file == path.string() && !reader.error().message.empty(), "a problem says of what file");
        return Outcome::refused;
    }
    check(*reader);
    const auto images = reader->sample(2);
    if (!images) return Outcome::refused;
    check(*images);
    check(*reader);
    return Outcome::read;
}

}  // namespace rest::fuzz
