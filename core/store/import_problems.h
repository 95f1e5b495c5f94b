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
/// about files inside it. If there are very many, the first ten thousand are stored, and their number.
void keep_import_problems(Project& project, const std::filesystem::path& source, std::vector<Problem> problems);

}  // namespace rest::store
