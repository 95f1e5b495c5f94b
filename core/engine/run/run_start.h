// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/engine/inference/model_identity.h"
#include "core/engine/inference/run_clips.h"
#include "core/store/project.h"

namespace rest::engine {

/// The clips that a run holds on to from its start to its end, in its order, kept in the project. Each record has the
/// size and the time that the file had at the start; name and place are the project's of now.
struct RunStart {
    std::vector<store::VideoRecord> train;  // labels removed, unless they are what is learnt from
    EvaluationClips evaluation;             // with the classes there were
};

/// The clips of a run that is to start, as the project has them: no file is looked at. Throws what training_videos()
/// and evaluation_clips() throw.
RunStart choose_start(const store::Project& project, const SupervisionSettings& settings, Task& task);

/// From then on the run has started.
void keep_start(store::Project& project, store::RunId run, const RunStart& start);

/// Empty when the run has not started or is from before its clips were kept.
std::optional<RunStart> recall_start(const store::Project& project, store::RunId run, const TrainSettings& settings);

/// Clips that are no part of the run and would be if it started now.
int64_t imported_since(const store::Project& project, const RunStart& start, const SupervisionSettings& settings);

/// What a run computes with beside its clips.
struct RunModels {
    ModelIdentity captioner;  // that it begins with
    ModelIdentity clip;
    bool bf16 = false;
};

void keep_models(store::Project& project, store::RunId run, const RunModels& models);
/// Empty as recall_start().
std::optional<RunModels> recall_models(const store::Project& project, store::RunId run);

}  // namespace rest::engine
