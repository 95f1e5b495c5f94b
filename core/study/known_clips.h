// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace rest::study {

/// A clip whose answer is known: for training, with feedback, or for control.
struct KnownClip {
    std::filesystem::path path;  // absolute
    std::string caption;
    bool answer = false;   // does the caption describe it?
    std::string feedback;  // shown after a training answer
};

/// Reads a CSV file with a header: path, caption, answer (yes or no) and optionally feedback, in any order; UTF-8.
/// Paths are relative to the file's folder. Throws Error (not_found, invalid_argument) naming the line and the value.
std::vector<KnownClip> read_known_clips(const std::filesystem::path& file);

}  // namespace rest::study
