// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/paths.h"

#include <cstdlib>
#include <sstream>
#include <string>

#include "core/base/error.h"

namespace rest {
namespace {

namespace fs = std::filesystem;

fs::path xdg(const char* variable, const char* fallback) {
    const char* value = std::getenv(variable);
    if (value != nullptr && fs::path(value).is_absolute()) return fs::path(value) / "rest-studio";
    const char* home = std::getenv("HOME");
    return fs::path(home != nullptr ? home : "/tmp") / fallback / "rest-studio";
}

}  // namespace

fs::path state_dir() {
    return xdg("XDG_STATE_HOME", ".local/state");
}
fs::path cache_dir() {
    return xdg("XDG_CACHE_HOME", ".cache");
}
fs::path data_dir() {
    return xdg("XDG_DATA_HOME", ".local/share");
}
fs::path config_dir() {
    return xdg("XDG_CONFIG_HOME", ".config");
}

fs::path resources_dir() {
    if (const char* set = std::getenv("REST_RESOURCES")) return set;
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    for (fs::path at = program.parent_path(); at.has_relative_path(); at = at.parent_path()) {
        if (fs::exists(at / "resources" / "demo", error)) return at / "resources";
        if (fs::exists(at / "share" / "rest-studio" / "demo", error)) return at / "share" / "rest-studio";
    }
    // Programs that others build on core may be installed anywhere.
    const char* set = std::getenv("XDG_DATA_DIRS");
    std::istringstream folders(set != nullptr && *set != '\0' ? set : "/usr/local/share:/usr/share");
    for (std::string folder; std::getline(folders, folder, ':');) {
        if (fs::exists(fs::path(folder) / "rest-studio" / "demo", error)) return fs::path(folder) / "rest-studio";
    }
    throw Error(ErrorCode::not_found, "REST Studio's resources folder was not found beside " + program.string(),
                "Install rest-studio-data, or set REST_RESOURCES to the folder `resources` of the source tree.");
}

}  // namespace rest
