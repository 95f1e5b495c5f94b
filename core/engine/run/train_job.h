// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/engine/queue/engine.h"
#include "core/engine/settings/train_settings.h"

namespace rest::engine {

struct TrainParams {
    std::filesystem::path project;
    TrainSettings settings;
    std::string name;                    // of the run; empty: made from the settings
    std::optional<store::RunId> resume;  // go on with this run; settings are then the run's own
};
struct TrainResult {
    store::RunId run = 0;
    int64_t epochs = 0;  // that it has now
    int64_t clips = 0;   // it trained on
};
/// Algorithm 1. Adds a run to the project (or resumes one) and trains it to the end.
/// The result is handed over on the engine thread before the job finishes.
std::unique_ptr<Job> make_train_job(const TrainParams& params, std::function<void(const TrainResult&)> done = {});

}  // namespace rest::engine
