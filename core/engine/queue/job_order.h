// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/store/project.h"

namespace rest::engine {

/// A job's parameters, frozen when it was queued: enough to recreate it after the program has ended.
struct JobOrder {
    std::string kind;               // "train"; the room that makes such jobs can recreate them
    std::filesystem::path project;  // folder, absolute
    std::string title;              // the job's
    std::string name;               // of the run to add; empty: derived from the settings
    std::string settings;           // the whole JSON object; empty for a resumed run with its own settings
    store::RunId run = 0;           // to resume; 0: a new one
    std::optional<store::ProjectModels> models = {};  // of the project when it was queued
    /// Names and values of settings requested for a resumed run.
    std::vector<std::pair<std::string, std::string>> asked = {};
    std::string changed_clips = {};  // what a resumed run does with them, as a keyword; empty: the default

    bool operator==(const JobOrder&) const = default;
};

}  // namespace rest::engine
