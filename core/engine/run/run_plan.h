// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/engine/run/crew.h"
#include "core/engine/run/handshake.h"
#include "core/engine/run/run_setup.h"

namespace rest::engine {

/// All that a process needs to know of a run before it can take part in it: what the owner of the project reads there.
struct RunPlan {
    using LeftOut = std::vector<std::pair<int64_t, Problem>>;  // by index, before anything is read

    store::RunId run = 0;
    TrainSettings settings;
    store::ProjectModels models;
    std::filesystem::path checkpoints, frames;  // folders
    std::vector<store::VideoRecord> train;      // labels removed, unless they are what is learnt from
    LeftOut left_out;
    bool left_out_by_agreement = false;                                    // then they count for nothing
    std::optional<std::pair<RunState, std::filesystem::path>> checkpoint;  // that it goes on from, if it does
    bool bf16 = false;

    // The owner's alone.
    RunModels identities;
    EvaluationClips evaluation;
    LeftOut evaluation_left_out;

    /// The captioner that the run began with, and the one to load.
    std::filesystem::path begin() const { return starting_captioner(models, settings.supervision); }
    std::filesystem::path loaded() const { return checkpoint ? checkpoint->second : begin(); }
};

/// Settles, in the owner of the project, what the run is made of; sets the machine's precision to the run's. Throws as
/// clips_of_run() and models_of_run().
RunPlan plan_of_run(store::Project& project, store::RunId run, const TrainSettings& settings, const TrainParams& params,
                    Machine& machine, Task& task);

/// The owner's plan, for all; what the others give does not count.
RunPlan told_plan(const Crew& crew, RunPlan mine);

/// Throws Error (invalid_argument) in all, naming ranks and hosts, when one computes by other means than the owner, or
/// sees other models or clips; one of each machine looks at the clips. Sets the machine's memory to the smallest.
void refuse_other_means(const Crew& crew, const RunPlan& plan, const MachinePart& part, Machine& machine);

}  // namespace rest::engine
