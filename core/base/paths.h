// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace rest {

/// Where this user's logs and sessions go: $XDG_STATE_HOME/rest-studio, else ~/.local/state/rest-studio.
std::filesystem::path state_dir();
/// What can be recreated: $XDG_CACHE_HOME/rest-studio, else ~/.cache/rest-studio.
std::filesystem::path cache_dir();
/// What the user keeps, such as the demo project: $XDG_DATA_HOME/rest-studio, else ~/.local/share/rest-studio.
std::filesystem::path data_dir();
/// The user's settings, such as presets: $XDG_CONFIG_HOME/rest-studio, else ~/.config/rest-studio.
std::filesystem::path config_dir();
/// The program's own resources (demo models, class lists): $REST_RESOURCES, else `resources` beside the build or
/// `../share/rest-studio` beside the installed program, else rest-studio in $XDG_DATA_DIRS. Throws Error (not_found) if
/// none exists.
std::filesystem::path resources_dir();

}  // namespace rest
