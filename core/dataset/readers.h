// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/dataset/dataset.h"
#include "core/dataset/file_tree.h"
#include "core/dataset/folder_reading.h"
#include "core/dataset/list_look.h"

namespace rest::dataset {

class ClipFinder;
class ListingBuilder;

/// Input of a reader: a folder's files, and the one list to use if the user named a list.
struct DatasetSource {
    const FileTree& tree;
    std::string list;  // relative to the tree's root; empty: find lists in the tree
    FolderNames folders = FolderNames::automatic;

    std::vector<std::string> lists() const { return list.empty() ? tree.lists : std::vector<std::string>{list}; }
};

// One reader per layout. Each throws Error (unsupported, not_found) naming what it searched for, and Cancelled.

/// Lists of any form that look_at_list() recognises by content; clips in no list are placed by their folders:
/// train/<label>/, <split>/, videos/<split>/<label>/. The layout of the listing is kinetics if lists have named columns
/// or folders are splits, mmaction2 if all lists are "path label", flat without lists and splits.
DatasetListing read_lists(const DatasetSource& source, Task& task);
/// The same, only lists with named columns and JSON.
DatasetListing read_kinetics(const DatasetSource& source, Task& task);
/// The same, only "path label" lines, names in label_map*.txt.
DatasetListing read_mmaction2(const DatasetSource& source, Task& task);
/// classInd.txt, trainlist01.txt and testlist01.txt (of the first split present).
DatasetListing read_ucf101(const DatasetSource& source, Task& task);
/// <class>_test_split1.txt (of the first split present): 1 train, 2 test, 0 unused.
DatasetListing read_hmdb51(const DatasetSource& source, Task& task);
/// Everything is train; a clip's folder is its class.
DatasetListing read_flat(const DatasetSource& source, Task& task);

// UCF101 and HMDB51 are recognised by the official names of their lists.
bool is_ucf101_list(std::string_view list);
bool is_hmdb51_list(std::string_view list);

/// The layout of a folder or list. Lists recognised only by content are `kinetics` and `mmaction2`.
Layout detect_layout(const DatasetSource& source);

/// Reports the lists beside the videos that were not read, and why. An unreadable file that looks like a list is a
/// problem; the lists of another official split are a note.
void tell_lists_not_read(const DatasetSource& source, const ClipFinder& finder, ListingBuilder& builder);

}  // namespace rest::dataset
