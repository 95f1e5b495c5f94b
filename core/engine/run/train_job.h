// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/queue/engine.h"
#include "core/engine/run/clip_changes.h"
#include "core/engine/run/together.h"
#include "core/engine/settings/resumed_settings.h"
#include "core/store/project.h"

namespace rest::engine {

struct TrainParams {
    std::filesystem::path project;
    TrainSettings settings;
    std::string name;                    // of the run; empty: derived from the settings
    std::optional<store::RunId> resume;  // resume this run; settings are then the run's own, and:
    std::vector<AskedSetting> asked;     // as for resumed_settings()
    ChangedClips changed_clips = ChangedClips::leave_out_few;
    /// The project's models when the job was queued: it does not start with others.
    std::optional<store::ProjectModels> models;
    /// How to train together with other processes; empty: alone. Of those that do not own the project (see Crew) all
    /// else but the project is the owner's to say.
    std::optional<Together> together;
    /// What started the process: a run that the same launch began before goes on, and `settings` are not looked at.
    std::optional<distributed::Launch> launch;
};
struct TrainResult {
    store::RunId run = 0;
    int64_t epochs = 0;                 // completed in total
    int64_t steps = 0;                  // of the optimiser, in total
    int64_t clips = 0;                  // trained on in the last epoch
    std::vector<std::string> left_out;  // names of train clips that were unreadable, absent or changed
};
/// Algorithm 1. Adds a run to the project (or resumes one) and trains it to the end. A run keeps the settings, clips
/// and models that it started with: resuming fails (invalid_argument) if others are requested or the models have
/// changed, and changes of its clips are reported before anything is trained. The result is passed to `done` on the
/// engine thread before the job finishes, in the owner of the project alone.
std::unique_ptr<Job> make_train_job(const TrainParams& params, std::function<void(const TrainResult&)> done = {});

/// The same from a queued order. Throws Error (unsupported, invalid_argument) for another kind of order and for invalid
/// settings.
std::unique_ptr<Job> make_train_job(const JobOrder& order);

}  // namespace rest::engine
