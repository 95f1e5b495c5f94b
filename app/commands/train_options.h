// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "core/engine/settings/resumed_settings.h"

namespace rest::app {

/// How a training command is given its settings: preset, then file, then single values.
struct TrainOptions {
    std::string project, config, preset = "paper";
    std::vector<std::string> set;
};

/// The settings that the options name, each once; with `preset_asked`, all settings of the preset.
std::vector<engine::AskedSetting> asked_settings(const TrainOptions& options, bool preset_asked);

/// Throws Error (invalid_argument) when one setting is given two values.
void check_assignments(const std::vector<std::string>& assignments);

void add_settings(CLI::App& command, TrainOptions& options);
engine::TrainSettings read_settings(const TrainOptions& options);

/// "name=value", as `--set` takes it. Throws Error (invalid_argument) naming the fault.
void assign(engine::TrainSettings& settings, const std::string& assignment);

}  // namespace rest::app
