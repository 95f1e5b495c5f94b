// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/bench_gallery.h"

#include <fmt/format.h>

#include "app/commands/scratch_folder.h"
#include "core/base/random.h"
#include "core/gallery/filtered_clips.h"
#include "core/store/tag_book.h"

namespace rest::app {
namespace {

constexpr int64_t kGalleryClips = 40000;
constexpr int kGalleryClasses = 400;

std::string made_words(Random& random) {
    std::string caption = "a person";
    for (int64_t words = 5 + random.below(5); words > 0; --words) caption += fmt::format(" word{}", random.below(3000));
    return caption;
}

std::vector<store::PredictionRecord> made_predictions(std::span<const store::VideoRecord> videos, uint64_t epoch) {
    std::vector<store::PredictionRecord> out;
    for (const auto& video : videos) {
        Random random(static_cast<uint64_t>(video.id), epoch);
        const bool right = random.below(10) < 6;
        const int read = right ? video.label : static_cast<int>(random.below(kGalleryClasses));
        store::PredictionRecord p{video.id, made_words(random), -0.8, read, read == video.label ? 0 : 3};
        for (int n = 0; n < 5; ++n)
            p.nearest.push_back({(read + n) % kGalleryClasses, 0.4F - 0.0001F * static_cast<float>(random.below(200)) -
                                                                   0.02F * static_cast<float>(n)});
        out.push_back(std::move(p));
    }
    return out;
}

store::RunId make_project(const std::filesystem::path& folder) {
    auto project = store::Project::create(folder);
    std::vector<std::string> classes;
    for (int i = 0; i < kGalleryClasses; ++i) classes.push_back(fmt::format("class {:03}", i));
    project.set_classes(classes);
    std::vector<store::VideoRecord> videos(kGalleryClips);
    for (int64_t i = 0; i < kGalleryClips; ++i) {
        auto& video = videos[static_cast<size_t>(i)];
        video.name = fmt::format("val/class {:03}/video_{:07}.mp4", i % kGalleryClasses, i);
        video.path = "/data/" + video.name;
        video.split = i % 7 == 0 ? dataset::Split::test : dataset::Split::val;
        video.label = static_cast<int>(i % kGalleryClasses);
    }
    project.put_videos(videos);
    const auto run = project.add_run("bench", "{}");
    for (const int epoch : {5, 10})
        project.put_predictions(run, epoch, made_predictions(project.videos(), static_cast<uint64_t>(epoch)));
    return run;
}

void tag_some(const std::filesystem::path& folder, store::RunId run, const gallery::ClipTable& table) {
    store::TagBook book(folder);
    const auto tags = store::Project::open(folder, store::OpenMode::read_only).tags();
    for (size_t t = 0; t < tags.size(); ++t) {
        std::vector<store::TaggedClip> clips;
        for (size_t row = t; row < table.clips.size(); row += 10)
            clips.push_back({table.clips[row].video, table.clips[row].caption});
        book.put(tags[t].id, run, 10, clips, "bench");
    }
}

}  // namespace

std::vector<bench::BenchResult> gallery_benches(const bench::BenchSettings& settings, const bench::Limits& limits,
                                                Task& task) {
    const ScratchFolder scratch;
    const auto folder = scratch.path() / "bench.rest";
    const auto run = make_project(folder);
    const auto project = store::Project::open(folder, store::OpenMode::read_only);
    const auto videos = project.videos();
    std::vector<bench::BenchResult> out;
    const auto measure = [&](const char* name, std::string what, const std::function<void()>& work) {
        out.push_back(
            bench::time_work({.name = name, .description = std::move(what), .run = work}, settings, limits, task));
    };
    gallery::ClipTable table;
    measure("gallery-read", fmt::format("{} clips of two evaluations read", kGalleryClips), [&] {
        table = gallery::load_clips(project, videos, {run, 10}, {run, 5});
    });
    tag_some(folder, run, table);
    gallery::Marks marks;
    measure("gallery-marks", "tags on half of them read", [&] { marks = gallery::load_marks(project, table); });
    const gallery::ClipFilter asked = {.splits = {dataset::Split::val},
                                       .labels = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
                                       .verdicts = {gallery::Verdict::wrong},
                                       .changes = {gallery::Change::became_wrong, gallery::Change::other_class},
                                       .margin_to = 0.03,
                                       .tags = {marks.tags.front().id},
                                       .untagged = true,
                                       .words = "person word1"};
    measure("gallery-filter", "all counted and filtered by eight facets",
            [&] { gallery::filter_clips(table, marks, asked); });
    measure("gallery-words", "by words alone, surest first",
            [&] { gallery::filter_clips(table, marks, {.words = "word12 word7"}, gallery::Order::most_sure); });
    measure("gallery-all", "no filter, least sure first",
            [&] { gallery::filter_clips(table, marks, {}, gallery::Order::least_sure); });
    return out;
}

}  // namespace rest::app
