// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/inference/run_clips.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <unordered_set>

#include "core/base/atomic_file.h"
#include "core/base/strings.h"
#include "core/text/file_text.h"

namespace rest::engine {
namespace {

using Names = std::unordered_set<std::string>;

Names read_list(const std::string& path) {
    if (!std::filesystem::is_regular_file(path)) {
        throw Error(ErrorCode::not_found, "The clip list " + path + " cannot be read",
                    "Name a text file of clip names.");
    }
    Names names;
    for (const auto& line : split_lines(text::file_text(read_file(path)))) {
        const auto name = trimmed(line);
        if (!name.empty()) names.insert(text::comparable_name(name));
    }
    return names;
}

/// The number of listed clips that the project lacks is reported to `task`, if given.
std::vector<store::VideoRecord> listed_videos(const store::Project& project, const std::string& list,
                                              Task* task = nullptr) {
    const auto names = read_list(list);
    auto videos = project.videos();
    std::erase_if(videos, [&](const auto& video) { return !names.contains(text::comparable_name(video.name)); });
    if (task != nullptr && videos.size() < names.size()) {
        task->log(LogLevel::warning, fmt::format("Of the {} clips in {} the project has {}; the others are left out",
                                                 names.size(), list, videos.size()));
    }
    if (videos.empty()) {
        throw Error(ErrorCode::invalid_argument,
                    fmt::format("None of the {} clips in {} is in the project {}", names.size(), list,
                                project.folder().string()),
                    "Write clip names as the dataset page shows them, one a line.");
    }
    return videos;
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
    auto videos = settings.train_list.empty() ? of_split(project.videos(), dataset::Split::train)
                                              : listed_videos(project, settings.train_list, &task);
    std::erase_if(videos, [](const store::VideoRecord& video) { return !readable(video); });
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

EvaluationClips evaluation_clips(const store::Project& project, const std::string& test_list) {
    EvaluationClips out;
    const auto all = project.videos();
    out.classes = project.classes();
    out.trained.assign(out.classes.size(), false);
    const auto labelled = [&](const store::VideoRecord& video) { return has_class(video, out.classes.size()); };
    for (const auto& video : all) {
        if (video.split == dataset::Split::train && labelled(video)) out.trained[video.label] = true;
    }
    if (!test_list.empty()) {
        out.videos = listed_videos(project, test_list);
    } else {
        out.videos = of_split(all, dataset::Split::val);
        const auto usable = [&](const store::VideoRecord& video) { return labelled(video) && readable(video); };
        if (std::ranges::none_of(out.videos, usable)) out.videos = of_split(all, dataset::Split::test);
    }
    std::erase_if(out.videos, [&](const store::VideoRecord& video) { return !labelled(video); });
    out.labelled = std::ssize(out.videos);
    std::erase_if(out.videos, [](const store::VideoRecord& video) { return !readable(video); });
    return out;
}

}  // namespace rest::engine
