// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/dataset/dataset.h"
#include "core/dataset/file_tree.h"
#include "core/dataset/listing_builder.h"

namespace rest::dataset {

/// How the folders of a tree are read: "train" may be a split, or a class of videos of trains.
struct FolderReading {
    FolderNames names = FolderNames::splits;  // never automatic
    bool any_split = false;                   // some folder is named like a split
    std::string question;                     // why the other reading may be meant, empty if there is no doubt
};

/// Splits, unless `wanted` says otherwise, or the only folder named like one has sibling folders with clips in the same
/// arrangement: then all are classes, and no clip is dropped.
FolderReading read_folders(const FileTree& tree, FolderNames wanted);

/// What a video's folders say about it.
struct FolderPlace {
    std::optional<Split> split;
    std::string label;
};
FolderPlace place_in(const FolderReading& reading, const std::string& path);

}  // namespace rest::dataset
