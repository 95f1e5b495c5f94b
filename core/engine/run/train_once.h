// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "core/engine/queue/engine.h"
#include "core/engine/settings/train_settings.h"

namespace rest::engine {

/// Trains a run of these settings to its end and tells its number. One that the project has already is resumed, or
/// taken as it is when it is finished, so work made of many runs goes on where it stopped. Throws what a training job
/// throws.
store::RunId train_once(const std::filesystem::path& project, const TrainSettings& settings, const std::string& name,
                        JobContext& context);

}  // namespace rest::engine
