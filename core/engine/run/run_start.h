// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/engine/inference/model_identity.h"
#include "core/engine/inference/run_clips.h"
#include "core/store/project.h"

namespace rest::engine {

/// The clips that a run uses from start to end, in its order, stored in the project. Each record has the size and time
/// that the file had at the start; name and path are the project's current ones.
struct RunStart {
    std::vector<store::VideoRecord> train;  // labels removed, unless they are trained on
    EvaluationClips evaluation;             // with the classes at that time
};

/// Chooses the clips of a new run, and stores them. Files that have changed since they were imported are used as they
/// are, and their number is logged. Throws what training_videos() and evaluation_clips() throw.
RunStart keep_start(store::Project& project, store::RunId run, const SupervisionSettings& settings, Task& task);

/// Empty if the run has not started or is older than the storing of clips.
std::optional<RunStart> recall_start(const store::Project& project, store::RunId run, const TrainSettings& settings);

/// Number of clips that are not part of the run but would be if it started now.
int64_t imported_since(const store::Project& project, const RunStart& start, const SupervisionSettings& settings);

/// The models a run computes with.
struct RunModels {
    ModelIdentity captioner;  // that it starts from
    ModelIdentity clip;
    bool bf16 = false;
};

void keep_models(store::Project& project, store::RunId run, const RunModels& models);
/// Empty as recall_start().
std::optional<RunModels> recall_models(const store::Project& project, store::RunId run);

}  // namespace rest::engine
