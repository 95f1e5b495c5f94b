// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "core/store/project.h"

namespace rest::store {

/// What imports could not accept: listed but missing, duplicates, empty files, unreadable folders. These are not videos
/// of the project, so nothing else would report them after the import.
std::vector<Problem> import_problems(const Project& project);

/// Replaces the findings of an earlier import of `source` (a folder or a list) by the new ones; for a folder also those
/// also settles what was wrong with files inside it, whichever links lead there. Of very many the first ten thousand
/// are kept, and their number.
void keep_import_problems(Project& project, const std::filesystem::path& source, std::vector<Problem> problems);

/// True for what is below the folder, and the folder itself, by their names alone.
bool lies_in(const std::filesystem::path& file, const std::filesystem::path& folder);

}  // namespace rest::store
