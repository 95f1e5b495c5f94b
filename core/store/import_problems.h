// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "core/store/project.h"

namespace rest::store {

/// What imports could not take: listed but missing, doubles, empty files, unreadable folders. They are no videos of the
/// project, so that nothing else would tell of them once the import is done.
std::vector<Problem> import_problems(const Project& project);

/// Puts what an import of `source` (a folder, or a list) found in place of what an earlier import of it found; a folder
/// also settles what was wrong with files inside it. Of very many the first ten thousand are kept, and their number.
void keep_import_problems(Project& project, const std::filesystem::path& source, std::vector<Problem> problems);

}  // namespace rest::store
