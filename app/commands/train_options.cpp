// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/train_options.h"

#include "core/base/atomic_file.h"
#include "core/base/error.h"

namespace rest::app {

void add_settings(CLI::App& command, TrainOptions& options) {
    command.add_option("--preset", options.preset, "paper or demo")->capture_default_str();
    command.add_option("--config", options.config, "JSON file of settings");
    command.add_option("--set", options.set, "name=value, may be given often");
}

engine::TrainSettings read_settings(const TrainOptions& options) {
    auto settings = engine::preset(options.preset);
    if (!options.config.empty()) settings = engine::settings_from_json(read_file(options.config), settings);
    for (const auto& assignment : options.set) assign(settings, assignment);
    return settings;
}

void assign(engine::TrainSettings& settings, const std::string& assignment) {
    const auto equals = assignment.find('=');
    if (equals == std::string::npos) {
        throw Error(ErrorCode::invalid_argument, "--set " + assignment + " has no value", "Write --set name=value.");
    }
    engine::set_setting(settings, assignment.substr(0, equals), assignment.substr(equals + 1));
}

}  // namespace rest::app
