// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/inference/run_clips.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <span>
#include <unordered_set>

#include "core/base/strings.h"
#include "core/engine/inference/clip_list.h"

namespace rest::engine {
namespace {

constexpr size_t kUnlistedNamed = 5;

/// `task`, where there is one, is told what the project lacks; what lacks most is refused.
std::vector<store::VideoRecord> listed_videos(const store::Project& project, const std::string& file, Task* task) {
    auto list = read_clip_list(file, project.videos());
    if (task != nullptr || list.videos.empty()) require_most_clips(list, file, project.folder().string());
    if (task != nullptr && !list.missing.empty())
        task->log(LogLevel::warning, words_of_missing(list, file) + ". They are left out.");
    return std::move(list.videos);
}

/// Tells which of the project's clips, that would be taken without a list, the list does not name.
void tell_unlisted(std::span<const store::VideoRecord> without_list, std::span<const store::VideoRecord> listed,
                   const std::string& file, const std::string& what, Task& task) {
    std::unordered_set<store::VideoId> named;
    for (const auto& video : listed) named.insert(video.id);
    std::vector<std::string> unlisted;
    for (const auto& video : without_list) {
        if (!named.contains(video.id)) unlisted.push_back(video.name);
    }
    if (unlisted.empty()) return;
    task.log(LogLevel::info, fmt::format("{} {} clips of the project are not in {} and take no part: {}",
                                         unlisted.size(), what, file, some_of(unlisted, kUnlistedNamed)));
}

std::vector<store::VideoRecord> of_split(const std::vector<store::VideoRecord>& videos, dataset::Split split) {
    std::vector<store::VideoRecord> out;
    std::ranges::copy_if(videos, std::back_inserter(out),
                         [&](const store::VideoRecord& video) { return video.split == split; });
    return out;
}

bool readable(const store::VideoRecord& video) {
    return video.problem.empty();
}

}  // namespace

std::vector<store::VideoRecord> training_videos(const store::Project& project, const SupervisionSettings& settings,
                                                Task& task) {
    auto videos = of_split(project.videos(), dataset::Split::train);
    if (!settings.train_list.empty()) {
        auto listed = listed_videos(project, settings.train_list, &task);
        tell_unlisted(videos, listed, settings.train_list, "train", task);
        videos = std::move(listed);
    }
    std::erase_if(videos, std::not_fn(readable));
    if (settings.learn_from == LearnFrom::class_names) {
        const auto unlabelled = std::erase_if(videos, [](const store::VideoRecord& video) { return video.label < 0; });
        if (unlabelled > 0) {
            task.log(LogLevel::warning, fmt::format("{} train videos have no class and are left out", unlabelled));
        }
    } else {
        for (auto& video : videos) video.label = -1;  // so that nothing later can learn from it
    }
    if (videos.empty()) {
        throw Error(ErrorCode::invalid_argument,
                    "The project " + project.folder().string() + " has no readable train videos",
                    settings.learn_from == LearnFrom::class_names ? "Import a folder with class folders under train/."
                                                                  : "Import a folder of videos first.");
    }
    return videos;
}

bool has_class(const store::VideoRecord& video, size_t classes) {
    return video.label >= 0 && static_cast<size_t>(video.label) < classes;
}

bool too_many_lost(int64_t lost, int64_t clips, double unreadable_share) {
    return static_cast<double>(lost) > unreadable_share * static_cast<double>(clips);
}

EvaluationSplit evaluation_clips(const store::Project& project, const std::string& test_list, Task* task) {
    EvaluationSplit out;
    const auto all = project.videos();
    out.classes = project.classes();
    out.trained.assign(out.classes.size(), false);
    const auto labelled = [&](const store::VideoRecord& video) { return has_class(video, out.classes.size()); };
    const auto usable = [&](const store::VideoRecord& video) { return labelled(video) && readable(video); };
    for (const auto& video : all) {
        if (video.split == dataset::Split::train && labelled(video)) out.trained[video.label] = true;
    }
    out.videos = of_split(all, dataset::Split::val);
    if (std::ranges::none_of(out.videos, usable)) {
        auto test = of_split(all, dataset::Split::test);
        // Where nothing can be read, clips that were measured once are still those of the val split.
        if (out.videos.empty() || std::ranges::any_of(test, usable)) out.videos = std::move(test);
    }
    std::erase_if(out.videos, [&](const store::VideoRecord& video) { return !labelled(video); });
    if (!test_list.empty()) {
        auto listed = listed_videos(project, test_list, task);
        if (task != nullptr) tell_unlisted(out.videos, listed, test_list, "labelled", *task);
        const auto unlabelled = std::erase_if(listed, [&](const auto& video) { return !labelled(video); });
        if (task != nullptr && unlabelled > 0) {
            task->log(LogLevel::warning,
                      fmt::format("{} clips in {} have no class and cannot be measured", unlabelled, test_list));
        }
        out.videos = std::move(listed);
    }
    out.labelled = std::ssize(out.videos);
    std::ranges::copy_if(out.videos, std::back_inserter(out.unreadable), std::not_fn(readable));
    std::erase_if(out.videos, std::not_fn(readable));
    return out;
}

}  // namespace rest::engine
