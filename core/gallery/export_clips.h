// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/task.h"
#include "core/gallery/clip_table.h"

namespace rest::gallery {

/// What becomes of the clips' own files.
enum class ClipFiles {
    none,
    links,  // symbolic, to where the files are
    copies,
};
const char* to_string(ClipFiles files);  // "none", "links", "copies"
std::optional<ClipFiles> clip_files_from_string(std::string_view word);

struct ExportSettings {
    std::filesystem::path folder;  // made; must not be there
    ClipFiles files = ClipFiles::copies;
    std::string filter;  // JSON of to_json(), kept beside the clips; empty: none
};

struct ExportResult {
    std::filesystem::path folder;
    int64_t clips = 0;
    int64_t bytes = 0;              // of copied files
    std::vector<Problem> problems;  // clips without a file there; they stand in both lists all the same
};

/// Writes clips of an evaluation as a folder: clips.csv for spreadsheets, clips.json, and their files in clips/.
///
/// Each has run, epoch and step, caption, class read, scores, true class, tags and note with who and when, and the
/// people's answers. `rows` are the table's, in their order; `videos` the project's, by id. The folder appears when it
/// is whole: what is cancelled or fails leaves nothing. Throws Error (invalid_argument when something is at that place
/// or there is no clip; no_space, io), Cancelled.
ExportResult export_clips(const std::filesystem::path& project, const ClipTable& table, const Marks& marks,
                          std::span<const int> rows, std::span<const store::VideoRecord> videos,
                          const ExportSettings& settings, Task& task);

}  // namespace rest::gallery
