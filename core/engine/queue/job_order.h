// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/store/project.h"

namespace rest::engine {

/// What a job was told to do, frozen when it was queued: enough to make it again after the program has ended.
struct JobOrder {
    std::string kind;               // "train"; the room that makes such jobs knows the way back
    std::filesystem::path project;  // folder, absolute
    std::string title;              // the job's
    std::string name;               // of the run to add; empty: made from the settings
    std::string settings;           // the whole JSON object; empty for a run that goes on with its own
    store::RunId run = 0;           // to go on with; 0: a new one
    std::optional<store::ProjectModels> models = {};  // of the project when it was queued
    /// Name and value of settings that were asked for with a run that goes on.
    std::vector<std::pair<std::string, std::string>> asked = {};
    std::string changed_clips = {};  // what a run that goes on does with them, in a word; empty: as usual

    bool operator==(const JobOrder&) const = default;
};

}  // namespace rest::engine
