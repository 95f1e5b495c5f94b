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
    std::vector<store::VideoRecord> videos;  // labelled and readable, ordered by id
    std::vector<std::string> classes;        // indexed by their labels
};

/// The evaluation clips of a project as it is now, and what reports say about them.
struct EvaluationSplit : EvaluationClips {
    std::vector<store::VideoRecord> unreadable;  // labelled, but not readable now
    int64_t labelled = 0;                        // clips, including unreadable ones
    std::vector<bool> trained;  // by class: some train video is labelled so (such a class is not novel)
};

/// True if a run must not continue without its lost clips: unreadable, missing or changed ones.
bool too_many_lost(int64_t lost, int64_t clips, double unreadable_share);

/// Whether a video's label is within this number of classes: a damaged project may contain any number.
bool has_class(const store::VideoRecord& video, size_t classes);

/// The labelled val videos of a project (test videos if no val video is readable), or those that `test_list` names, as
/// in SupervisionSettings. With a task, which is given if they will be measured, warns about clips of the list that the
/// project lacks and clips of the split that the list does not name. Throws Error if the list cannot be read or names
/// no video of the project and, with a task, if the project has less than half of what the list names.
EvaluationSplit evaluation_clips(const store::Project& project, const std::string& test_list = {},
                                 Task* task = nullptr);

}  // namespace rest::engine
