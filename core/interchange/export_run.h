// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/task.h"
#include "core/store/records.h"

namespace rest::interchange {

/// A form in which a run leaves the project.
struct Format {
    std::string_view name;       // "captions-csv", as scripts call it
    std::string_view label;      // "Captions of every step, CSV"
    std::string_view help;       // what it holds and who reads it
    std::string_view extension;  // of the file, "csv"; empty: a folder
};
std::span<const Format> formats();
/// Throws Error (invalid_argument) that names the formats for an unknown name.
const Format& find_format(std::string_view name);

struct ExportRequest {
    std::filesystem::path project;  // is read only: a job may be at work on it
    std::string format;
    std::optional<store::RunId> run;  // nothing: the newest training
    std::optional<int> epoch;         // whose predictions; nothing: the last that was measured
    std::vector<std::string> videos;  // by name, of the gallery in "html"; none: a draw
    std::filesystem::path out;        // file or folder to make; must not exist
};

struct ExportResult {
    std::filesystem::path out;
    int64_t items = 0;
    std::string unit;  // "captions", "videos", "points"
};

/// Writes one run in one format. All of it appears at once at the end, so that a cancelled or failed export leaves
/// nothing. Throws Error (invalid_argument: format, or `out` exists; not_found: no such run or epoch, or nothing to
/// write; io, no_space) and Cancelled.
ExportResult export_run(const ExportRequest& request, Task& task);

}  // namespace rest::interchange
