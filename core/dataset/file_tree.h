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

/// Every file of a folder that matters to a data set.
struct FileTree {
    std::filesystem::path root;      // absolute
    std::vector<FoundFile> videos;   // sorted by path
    std::vector<std::string> lists;  // files that may be one, relative to the root, sorted; look_at_list() tells
    std::vector<Problem> problems;   // unreadable folders, links to nothing
    int64_t other_files = 0;         // no videos; lists included
};

/// Walks through a folder. A linked folder is entered after all real ones and only if it was not met before, so that
/// loops end; hidden files and folders, and those of storage systems (@eaDir), are passed over. Throws Cancelled.
FileTree walk_tree(const std::filesystem::path& root, Task& task);

}  // namespace rest::dataset
