// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/small_clip.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/image/view.h"
#include "core/media/video_reader.h"
#include "core/media/video_writer.h"

namespace rest::study {
namespace {

constexpr size_t kFramesAtOnce = 16;
constexpr double kRateWhenUnknown = 25;

int even(int size) {
    return std::max(2, size / 2 * 2);
}

/// H.264 with 4:2:0 subsampling requires even sizes; a lost row is invisible, a stretched picture is not.
image::Image with_even_sides(const image::Image& image) {
    const int width = even(image.width), height = even(image.height);
    if (width == image.width && height == image.height) return image;
    if (image.width < 2 || image.height < 2) return image::resize_bicubic(image, width, height);
    return image::resize_bicubic(image, {0, 0, width, height}, width, height);
}

double rate_of(const media::VideoInfo& info, const SmallClipSettings& settings) {
    const double rate = info.frames_per_second > 0 ? info.frames_per_second : kRateWhenUnknown;
    return std::min(rate, settings.max_frames_per_second);
}

/// For every output frame the frame that a player shows at that time.
std::vector<int64_t> frames_shown(const media::VideoReader& reader, double rate) {
    const auto& times = reader.times_seconds();
    const double end = std::max(reader.info().duration_seconds, times.back() + 1 / rate);
    const auto count = std::max<int64_t>(1, std::llround(end * rate));
    std::vector<int64_t> shown;
    int64_t at = 0;
    for (int64_t i = 0; i < count; ++i) {
        const double now = (static_cast<double>(i) + 0.5) / rate;
        while (at + 1 < std::ssize(times) && times[static_cast<size_t>(at + 1)] <= now) ++at;
        shown.push_back(at);
    }
    return shown;
}

}  // namespace

std::optional<Problem> write_small_clip(const std::filesystem::path& from, const std::filesystem::path& to,
                                        const SmallClipSettings& settings, Task& task) {
    auto reader = media::VideoReader::open(from);
    if (!reader) return reader.error();
    if (reader->info().frames < 1) return Problem{ErrorCode::damaged, from.string(), "It has no frames.", ""};
    const double rate = rate_of(reader->info(), settings);
    const auto shown = frames_shown(*reader, rate);
    std::optional<media::VideoWriter> writer;
    for (size_t start = 0; start < shown.size(); start += kFramesAtOnce) {
        task.check();
        const size_t count = std::min(kFramesAtOnce, shown.size() - start);
        const auto frames = reader->frames(std::span(shown).subspan(start, count));
        if (!frames) return frames.error();
        for (const auto& frame : *frames) {
            const image::Image small = with_even_sides(image::limit_short_side(frame, settings.short_side));
            if (!writer) {
                writer.emplace(to, media::VideoWriterSettings{.width = small.width,
                                                              .height = small.height,
                                                              .frames_per_second = rate,
                                                              .quality = settings.quality,
                                                              .preset = "veryfast"});
            }
            writer->add(small);
        }
    }
    writer->finish();
    return std::nullopt;
}

}  // namespace rest::study
