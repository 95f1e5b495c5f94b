// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/bench_media.h"

#include "app/commands/scratch_folder.h"
#include "core/media/frame_cache.h"
#include "core/media/video_reader.h"

namespace rest::app {
namespace {

namespace fs = std::filesystem;

media::VideoReader opened(const fs::path& clip, int threads) {
    auto reader = media::VideoReader::open(clip, {.threads = threads});
    if (!reader) throw Error(ErrorCode::io, clip.string() + ": " + reader.error().message, reader.error().remedy);
    return std::move(*reader);
}

std::string thread_count(int threads) {
    return threads == 1 ? "1 decoding thread" : std::to_string(threads) + " decoding threads";
}

}  // namespace

std::vector<bench::BenchResult> decode_benches(const fs::path& clip, const bench::BenchSettings& settings,
                                               const bench::Limits& limits, Task& task) {
    if (clip.empty())
        throw Error(ErrorCode::invalid_argument, "decode needs a video", "Name one: rest bench decode --clip FILE");
    const ScratchFolder scratch;
    const int threads = settings.threads > 0 ? settings.threads : media::threads_for_one_clip();
    auto reader = opened(clip, threads), reader_of_one_thread = opened(clip, 1);
    const media::FrameCache cache({.folder = scratch.path()});
    const auto what = "8 uniform frames of " + clip.filename().string();
    const bench::Work works[] = {{.name = "decode-first",
                                  .description = what + ", never seen, " + thread_count(threads),
                                  .run = [&] { (void)opened(clip, threads).sample(); }},
                                 {.name = "decode-indexed",
                                  .description = what + ", index known, " + thread_count(threads),
                                  .run = [&] { (void)reader.sample(); }},
                                 {.name = "decode-first-1",
                                  .description = what + ", never seen, " + thread_count(1),
                                  .run = [&] { (void)opened(clip, 1).sample(); }},
                                 {.name = "decode-indexed-1",
                                  .description = what + ", index known, " + thread_count(1),
                                  .run = [&] { (void)reader_of_one_thread.sample(); }},
                                 {.name = "decode-cached", .description = what + ", from the frame cache", .run = [&] {
                                      (void)cache.frames(clip);
                                  }}};
    std::vector<bench::BenchResult> out;
    for (const auto& work : works) out.push_back(bench::time_work(work, settings, limits, task));
    return out;
}

}  // namespace rest::app
