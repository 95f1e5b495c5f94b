// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/store/records.h"

namespace rest::engine {

/// What a text file of clip names, one a line, says of a project's videos.
struct ClipList {
    std::vector<store::VideoRecord> videos;  // that it names, in the project's order
    std::vector<std::string> missing;        // names that the project has not, as written, each once
};

/// Names are compared in NFC; where one is not there as written, its extension may differ, "\\" stand for "/", and "./"
/// before it. Throws Error (not_found) when the file cannot be read.
ClipList read_clip_list(const std::string& file, std::span<const store::VideoRecord> videos);

/// What the project lacks, in words: "Of the 4 clips in list.txt the project has 3; it lacks gone.mp4". Empty for none.
std::string words_of_missing(const ClipList& list, const std::string& file);

/// Throws Error (invalid_argument) naming both counts and some of the names when the project has less than half of what
/// the list names: what is trained or measured on the rest is something else than what was asked for.
void require_most_clips(const ClipList& list, const std::string& file, const std::string& project);

}  // namespace rest::engine
