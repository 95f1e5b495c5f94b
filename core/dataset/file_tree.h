// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/task.h"

namespace rest::dataset {

struct FoundFile {
    std::string path;  // relative to the root, with '/'
    uint64_t bytes = 0;
};

/// All files of a folder that matter to a data set.
struct FileTree {
    std::filesystem::path root;      // absolute
    std::vector<FoundFile> videos;   // sorted by path
    std::vector<std::string> lists;  // files that may be lists, relative to the root, sorted; look_at_list() decides
    std::vector<Problem> problems;   // unreadable folders, broken links
    int64_t other_files = 0;         // not videos; lists included
};

/// Walks a folder recursively. A linked folder is entered after all real ones and only if not visited before, so that
/// loops end; hidden files and folders, and those of NAS devices (@eaDir), are skipped. Throws Cancelled.
FileTree walk_tree(const std::filesystem::path& root, Task& task);

}  // namespace rest::dataset
