// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/train_options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/engine/settings/own_presets.h"

namespace rest::app {
namespace {

engine::TrainSettings preset_called(const std::string& name) {
    const auto own = engine::own_presets();
    if (std::ranges::count(own, name) > 0) return engine::read_own_preset(name);
    try {
        return engine::preset(name);
    } catch (const Error& e) {
        if (own.empty()) throw;
        throw Error(e.code(), e.what(), fmt::format("{} Or one of your own: {}.", e.remedy(), fmt::join(own, ", ")));
    }
}

std::string name_of(const std::string& assignment) {
    return assignment.substr(0, assignment.find('='));
}

}  // namespace

void add_settings(CLI::App& command, TrainOptions& options) {
    command.add_option("--preset", options.preset, "paper, demo, or one of your own that the window has saved")
        ->capture_default_str();
    command.add_option("--config", options.config, "JSON file of settings, as the window exports it");
    command.add_option("--set", options.set, "name=value, may be given often");
}

engine::TrainSettings read_settings(const TrainOptions& options) {
    check_assignments(options.set);
    auto settings = preset_called(options.preset);
    if (!options.config.empty()) settings = engine::read_settings_file(options.config, settings);
    for (const auto& assignment : options.set) assign(settings, assignment);
    return settings;
}

std::vector<engine::AskedSetting> asked_settings(const TrainOptions& options, bool preset_asked) {
    const auto settings = read_settings(options);
    std::set<std::string> names;
    if (preset_asked) {
        for (const auto& info : engine::setting_infos()) names.insert(info.name);
    }
    if (!options.config.empty()) {
        // read_settings() has accepted it, so it is an object of settings.
        const auto json = nlohmann::json::parse(read_file(options.config));
        for (const auto& [name, value] : json.items()) names.insert(name);
    }
    for (const auto& assignment : options.set) names.insert(name_of(assignment));
    std::vector<engine::AskedSetting> asked;
    for (const auto& name : names) asked.push_back({name, engine::setting_text(settings, name)});
    return asked;
}

void check_assignments(const std::vector<std::string>& assignments) {
    std::map<std::string, std::string> given;
    for (const auto& assignment : assignments) {
        const auto [at, is_new] = given.emplace(name_of(assignment), assignment);
        if (is_new || at->second == assignment) continue;
        throw Error(ErrorCode::invalid_argument,
                    "--set " + at->second + " and --set " + assignment + " contradict each other", "Give one of them.");
    }
}

void assign(engine::TrainSettings& settings, const std::string& assignment) {
    const auto equals = assignment.find('=');
    if (equals == std::string::npos) {
        throw Error(ErrorCode::invalid_argument, "--set " + assignment + " has no value", "Write --set name=value.");
    }
    engine::set_setting(settings, assignment.substr(0, equals), assignment.substr(equals + 1));
}

}  // namespace rest::app
