// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/bench_store.h"

#include <fmt/format.h>

#include <optional>

#include "app/commands/scratch_folder.h"
#include "core/base/random.h"
#include "core/store/project.h"

namespace rest::app {
namespace {

namespace fs = std::filesystem;

constexpr int kCaptions = 3;  // K
constexpr int kClasses = 400;

std::vector<store::VideoRecord> made_videos(int64_t n) {
    std::vector<store::VideoRecord> videos(static_cast<size_t>(n));
    for (int64_t i = 0; i < n; ++i) {
        auto& video = videos[i];
        video.name = fmt::format("train/class {:03}/video_{:07}_000010_000020.mp4", i % kClasses, i);
        video.path = "/data/kinetics400/" + video.name;
        video.label = static_cast<int>(i % kClasses);
        video.frames = 300;
        video.width = 340;
        video.height = 256;
        video.duration_seconds = 10;
        video.file_bytes = 1 << 20;
    }
    return videos;
}

/// Captions of 8 to 12 words out of a vocabulary of 3,000; several videos share half of them, as with retrieved ones.
std::vector<std::vector<store::CaptionRecord>> made_captions(std::span<const store::VideoId> videos) {
    std::vector<std::vector<store::CaptionRecord>> lists(videos.size());
    for (size_t i = 0; i < videos.size(); ++i) {
        for (int rank = 0; rank < kCaptions; ++rank) {
            const size_t origin = rank == 0 ? i : (i * 7919 + static_cast<size_t>(rank)) % videos.size() / 2;
            Random random(origin, static_cast<uint64_t>(rank));
            store::CaptionRecord caption;
            caption.rank = rank;
            caption.text = "a video of";
            for (int64_t words = 5 + random.below(5); words > 0; --words)
                caption.text += fmt::format(" word{}", random.below(3000));
            caption.clip_score = 0.3;
            caption.origin = origin == i ? store::CaptionOrigin::generated : store::CaptionOrigin::retrieved;
            caption.source_video = videos[origin];
            lists[i].push_back(std::move(caption));
        }
    }
    return lists;
}

double megabytes(const fs::path& folder) {
    double bytes = 0;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.is_regular_file()) bytes += static_cast<double>(entry.file_size());
    }
    return bytes / 1e6;
}

}  // namespace

std::vector<bench::BenchResult> store_benches(const fs::path& keep, const bench::BenchSettings& settings,
                                              const bench::Limits& limits, Task& task) {
    const ScratchFolder scratch;
    const fs::path folder = keep.empty() ? scratch.path() / "bench.rest" : keep;
    const auto records = made_videos(settings.videos);
    std::optional<store::Project> project = store::Project::create(folder);
    std::vector<bench::BenchResult> out;
    bench::BenchSettings once = settings;
    once.repeats = 0;  // a benchmark that writes is timed in its only run
    const auto measure = [&](const char* name, std::string what, const bench::BenchSettings& runs,
                             const std::function<void()>& run) {
        out.push_back(bench::time_work({.name = name, .description = std::move(what), .run = run}, runs, limits, task));
    };
    std::vector<std::string> classes;
    for (int i = 0; i < kClasses; ++i) classes.push_back(fmt::format("class {:03}", i));
    project->set_classes(classes);
    measure("store-import", fmt::format("{} videos written", records.size()), once,
            [&] { project->put_videos(records); });
    std::vector<store::VideoId> ids;
    measure("store-list", fmt::format("{} videos read", records.size()), settings, [&] {
        ids.clear();
        for (const auto& video : project->videos()) ids.push_back(video.id);
    });
    const store::RunId run = project->add_run("bench", "{}");
    const auto lists = made_captions(ids);
    measure("store-step", fmt::format("{} captions of a retrieval step written", kCaptions * ids.size()), once,
            [&] { project->put_step(run, 0, ids, lists); });
    measure("store-texts", "the same read, as training does", settings, [&] { project->caption_texts(run, 0, ids); });
    project.reset();
    measure("store-open", "", settings, [&] { store::Project::open(folder); });
    out.back().description =
        fmt::format("project of {} videos and a step opened, {:.0f} MB", ids.size(), megabytes(folder));
    return out;
}

}  // namespace rest::app
