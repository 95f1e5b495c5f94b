// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "core/store/records.h"

namespace rest::engine {

/// A job's parameters, frozen when it was queued: enough to recreate it after the program has ended.
struct JobOrder {
    std::string kind;               // "train"
    std::filesystem::path project;  // folder, absolute
    std::string title;              // of the job
    store::RunId run = 0;           // to resume; 0: a new one
    std::string parameters = "{}";  // a JSON object; only the room that makes jobs of this kind knows its members

    bool operator==(const JobOrder&) const = default;
};

}  // namespace rest::engine
