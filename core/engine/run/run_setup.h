// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/engine/run/clip_changes.h"
#include "core/engine/run/run_files.h"
#include "core/engine/run/run_start.h"
#include "core/engine/run/train_job.h"

namespace rest::engine {

// Decisions made before anything is loaded or trained, and notes on what has changed.

/// The settings of the run: a resumed run's own with the requested changes. Throws as resumed_settings().
TrainSettings settings_of_run(const store::Project& project, store::RunId run, const TrainParams& params, Task& task);

/// The clips of a run and how they have changed since.
struct RunClips {
    RunStart start;
    ClipChanges changes;  // clips to be left out
};
/// Chooses them if the run starts, else recalls them. Throws Error (not_found) if there are changes that
/// `params.changed_clips` does not allow.
RunClips clips_of_run(store::Project& project, store::RunId run, const TrainSettings& settings,
                      const TrainParams& params, Task& task);

/// Stores the models of a new run. Throws Error (invalid_argument) naming both if those of a resumed one differ now:
/// the CLIP, or the captioner of a run without a `checkpoint`. Sets the machine's precision to the run's.
RunModels models_of_run(store::Project& project, store::RunId run, const TrainSettings& settings, bool checkpoint,
                        Machine& machine, Task& task);

}  // namespace rest::engine
