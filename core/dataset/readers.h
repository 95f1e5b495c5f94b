// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/dataset/dataset.h"
#include "core/dataset/file_tree.h"

namespace rest::dataset {

/// What a reader is given: a folder's files, and the one list to go by when the user named a list.
struct DatasetSource {
    const FileTree& tree;
    std::string list;  // relative to the tree's root; empty: find lists in the tree

    std::vector<std::string> lists() const { return list.empty() ? tree.lists : std::vector<std::string>{list}; }
};

// One reader per layout. Each throws Error (unsupported, not_found) naming what it looked for, and Cancelled.

/// CSV lists with a header; clips in no list go by their folders: train/<label>/, <split>/, videos/<split>/<label>/.
DatasetListing read_kinetics(const DatasetSource& source, Task& task);
/// classInd.txt, trainlist01.txt and testlist01.txt (of the first split there is).
DatasetListing read_ucf101(const DatasetSource& source, Task& task);
/// <class>_test_split1.txt (of the first split there is): 1 train, 2 test, 0 unused.
DatasetListing read_hmdb51(const DatasetSource& source, Task& task);
/// "path label" lines, names in label_map*.txt. Lists of frame folders are refused.
DatasetListing read_mmaction2(const DatasetSource& source, Task& task);
/// Everything is train; a clip's folder is its class.
DatasetListing read_flat(const DatasetSource& source, Task& task);

// What gives each layout away, by a list's path and the beginning of its text.

bool is_kinetics_list(std::string_view list, std::string_view beginning);
bool is_ucf101_list(std::string_view list);
bool is_hmdb51_list(std::string_view list);
bool is_mmaction2_list(std::string_view list, std::string_view beginning);

/// The first lines of a text file, whole ones; "" when it cannot be read.
std::string beginning_of(const std::filesystem::path& path);
/// True when some video lies below a folder named after a split.
bool any_split_folder(const FileTree& tree);

/// The layout of a folder or list. Throws Error (unsupported) for a list of unknown form.
Layout detect_layout(const DatasetSource& source);

}  // namespace rest::dataset
