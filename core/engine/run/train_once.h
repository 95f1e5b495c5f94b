// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "core/engine/queue/engine.h"
#include "core/engine/settings/train_settings.h"

namespace rest::engine {

/// Trains a run with these settings to its end and returns its id. One that the project has already is resumed, or
/// reused if finished, so work composed of many runs can be interrupted. Throws what a training job throws.
store::RunId train_once(const std::filesystem::path& project, const TrainSettings& settings, const std::string& name,
                        JobContext& context);

}  // namespace rest::engine
