// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/task.h"
#include "core/engine/settings/train_settings.h"
#include "core/store/project.h"

namespace rest::engine {

/// The readable videos that a run trains on: the train split, or what `train_list` names. Labels are removed unless
/// `learn_from` is "class_names"; then videos without one are left out. What is left out is logged. Throws Error
/// (invalid_argument, not_found) when nothing remains, the list cannot be read, or the project has less than half of
/// what it names.
std::vector<store::VideoRecord> training_videos(const store::Project& project, const SupervisionSettings& settings,
                                                Task& task);

/// The clips that CLIP-TAM is measured on.
struct EvaluationClips {
    std::vector<store::VideoRecord> videos;      // labelled and readable, ordered by id
    std::vector<store::VideoRecord> unreadable;  // labelled, and cannot be read now
    std::vector<std::string> classes;            // that their labels index
    int64_t labelled = 0;                        // those that cannot be read included
    std::vector<bool> trained;  // by class: some train video is labelled so (such a class is not novel)
};

/// Whether a video's label is within this number of classes: a damaged project may contain any number.
bool has_class(const store::VideoRecord& video, size_t classes);

/// The labelled val videos of a project (test videos where no val video can be read), or those that `test_list`
/// names, as SupervisionSettings has it. `task` is given where they will be measured: it is told which of the list's
/// clips the project lacks and which of its own the list does not name. Throws Error when the list cannot be read or
/// names no video of the project and, with a task, when the project has less than half of what the list names.
EvaluationClips evaluation_clips(const store::Project& project, const std::string& test_list = {},
                                 Task* task = nullptr);

}  // namespace rest::engine
