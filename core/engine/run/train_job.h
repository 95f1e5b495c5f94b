// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "core/engine/queue/engine.h"
#include "core/engine/settings/train_settings.h"

namespace rest {

struct TrainParams {
    std::filesystem::path project;
    TrainSettings settings;
    std::string name;            // of the run; empty: made from the settings
    std::optional<RunId> resume;  // go on with this run; settings are then the run's own
};
/// Algorithm 1. Adds a run to the project (or resumes one) and trains it to the end.
std::unique_ptr<Job> make_train_job(const TrainParams& params);

}  // namespace rest
