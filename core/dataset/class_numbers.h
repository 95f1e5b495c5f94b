// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/dataset/class_map.h"
#include "core/dataset/list_rows.h"

namespace rest::dataset {

/// The class names found with the lists: beside one of them first, else anywhere in the tree. Empty if no row has a
/// number, or there is no such file.
ClassMap find_class_map(const FileTree& tree, const ListedRows& listed, ListingBuilder& builder);

/// The class of each row, as an index of `builder.classes`.
///
/// Numbers are named by the map; lists that count from 1 while the map's lines count from 0 are detected (by a number
/// equal to the line count, or by folder names) and noted. Without a map, the one folder of all clips of a number is
/// its name, else "class 7", which is noted.
std::vector<int> number_classes(const ClassMap& map, const ListedRows& listed, const ClipFinder& finder,
                                ListingBuilder& builder);

}  // namespace rest::dataset
