// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/engine/settings/train_settings.h"

namespace rest::engine {

/// The user's presets: one file NAME.json each, in the format that `rest train --config` reads. `presets` in
/// config_dir().
std::filesystem::path presets_dir();

/// Sorted by name. Empty if the folder does not exist.
std::vector<std::string> own_presets(const std::filesystem::path& folder = presets_dir());
/// Replaces one of the same name. Throws Error (invalid_argument) for a name that is not a valid file name or is that
/// of a built-in preset, and (io, no_space).
void save_own_preset(const std::string& name, const TrainSettings& settings,
                     const std::filesystem::path& folder = presets_dir());
/// Throws Error (not_found, invalid_argument) naming the file.
TrainSettings read_own_preset(const std::string& name, const std::filesystem::path& folder = presets_dir());
/// Throws Error (not_found, io).
void delete_own_preset(const std::string& name, const std::filesystem::path& folder = presets_dir());

/// Every setting, as `rest train --config` reads it. Throws Error (io, no_space) naming the file.
void write_settings_file(const std::filesystem::path& file, const TrainSettings& settings);
/// Settings absent from the file are taken from `base`. Throws Error (not_found, io, invalid_argument) naming the file.
TrainSettings read_settings_file(const std::filesystem::path& file, const TrainSettings& base = {});

}  // namespace rest::engine
