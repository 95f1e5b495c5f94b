// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/gallery/clip_table.h"

namespace rest::gallery {

/// A clip of an export with where its file came to lie.
struct ExportedClip {
    int row = 0;
    std::string video;    // its name in the project
    std::string path;     // of the original
    std::string file;     // within the export's folder; empty: none
    std::string problem;  // why there is none
};

/// For spreadsheets: with a mark for UTF-8, and no cell that would be a formula.
std::string clips_csv(const ClipTable& table, const Marks& marks, std::span<const ExportedClip> clips);

/// `filter`: JSON, or empty.
std::string clips_json(const std::string& project, const ClipTable& table, const Marks& marks,
                       std::span<const ExportedClip> clips, const std::string& filter);

}  // namespace rest::gallery
