// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/settings/own_presets.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/file_error.h"
#include "core/base/paths.h"
#include "core/base/strings.h"

namespace rest::engine {
namespace {

namespace fs = std::filesystem;

constexpr size_t kLongestName = 100;  // bytes; file systems allow 255, and extension and temporary file need some
constexpr size_t kLargestFile = size_t{1} << 20;

void check_name(const std::string& name) {
    const auto refuse = [&](const std::string& why, const std::string& remedy) {
        throw Error(ErrorCode::invalid_argument, fmt::format("A preset cannot be called \"{}\": {}", name, why),
                    remedy);
    };
    if (trimmed(name).empty()) refuse("it has no name", "Give it one.");
    if (trimmed(name).size() != name.size()) refuse("it begins or ends with a blank", "Leave the blanks out.");
    if (name.size() > kLongestName) refuse("it is too long", fmt::format("Use at most {} letters.", kLongestName));
    const auto control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
    if (name.front() == '.' || name.find('/') != std::string::npos || std::ranges::any_of(name, control))
        refuse("it names a file", "Leave out /, control characters and a dot in front.");
    if (std::ranges::count(preset_names(), name) > 0)
        refuse("the program has a preset of that name", "Choose another name.");
}

fs::path file_of(const std::string& name, const fs::path& folder) {
    check_name(name);
    return folder / (name + ".json");
}

}  // namespace

fs::path presets_dir() {
    return config_dir() / "presets";
}

std::vector<std::string> own_presets(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (auto at = fs::directory_iterator(folder, error); !error && at != fs::directory_iterator();
         at.increment(error)) {
        if (at->path().extension() == ".json" && at->is_regular_file(error))
            names.push_back(at->path().stem().string());
    }
    std::ranges::sort(names);
    return names;
}

void save_own_preset(const std::string& name, const TrainSettings& settings, const fs::path& folder) {
    const auto file = file_of(name, folder);
    make_folder(folder);
    write_settings_file(file, settings);
}

TrainSettings read_own_preset(const std::string& name, const fs::path& folder) {
    return read_settings_file(file_of(name, folder));
}

void delete_own_preset(const std::string& name, const fs::path& folder) {
    const auto file = file_of(name, folder);
    std::error_code error;
    if (fs::remove(file, error)) return;
    if (error) throw file_error("Cannot delete", file, error.value());
    throw Error(ErrorCode::not_found, fmt::format("There is no preset \"{}\": {} is not there", name, file.string()));
}

void write_settings_file(const fs::path& file, const TrainSettings& settings) {
    write_file_atomically(file, to_json(settings) + "\n");
}

TrainSettings read_settings_file(const fs::path& file, const TrainSettings& base) {
    const auto content = read_file(file, kLargestFile);
    try {
        return settings_from_json(content, base);
    } catch (const Error& e) {
        throw Error(e.code(), file.string() + ": " + e.what(), e.remedy());
    }
}

}  // namespace rest::engine
