// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "core/engine/settings/train_settings.h"

namespace rest::app {

/// How a command that trains is told its settings: preset, then file, then single values.
struct TrainOptions {
    std::string project, config, preset = "paper";
    std::vector<std::string> set;
};

void add_settings(CLI::App& command, TrainOptions& options);
engine::TrainSettings read_settings(const TrainOptions& options);

/// "name=value", as `--set` takes it. Throws Error (invalid_argument) naming what is wrong with it.
void assign(engine::TrainSettings& settings, const std::string& assignment);

}  // namespace rest::app
