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
/// (invalid_argument, not_found) if nothing remains or the list cannot be read.
std::vector<store::VideoRecord> training_videos(const store::Project& project, const SupervisionSettings& settings,
                                                Task& task);

/// The clips that CLIP-TAM is measured on.
struct EvaluationClips {
    std::vector<store::VideoRecord> videos;  // labelled and readable, ordered by id
    std::vector<std::string> classes;        // indexed by their labels
    int64_t labelled = 0;                    // unreadable ones included
    std::vector<bool> trained;               // by class: some train video has this label (the class is not novel)
};

/// Whether a video's label is within this number of classes: a damaged project may contain any number.
bool has_class(const store::VideoRecord& video, size_t classes);

/// The labelled val videos of a project (test videos if no val video is readable), or those that `test_list` names, as
/// in SupervisionSettings. Throws Error if the list cannot be read or names no video of the project.
EvaluationClips evaluation_clips(const store::Project& project, const std::string& test_list = {});

}  // namespace rest::engine
