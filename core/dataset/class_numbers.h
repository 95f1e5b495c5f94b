// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/dataset/class_map.h"
#include "core/dataset/list_rows.h"

namespace rest::dataset {

/// The names of classes that lie with the lists: beside one of them first, else anywhere in the tree. Empty when no row
/// has a number, or there is none.
ClassMap find_class_map(const FileTree& tree, const ListedRows& listed, ListingBuilder& builder);

/// The class of each row, as an index of `builder.classes`.
///
/// Numbers are named by the map; where the lists count from 1 and the map's lines from 0, that is seen (a number is the
/// count of lines, or the folders say so) and told. Without a map the folder that all clips of a number lie in is its
/// name, else "class 7", which is told.
std::vector<int> number_classes(const ClassMap& map, const ListedRows& listed, const ClipFinder& finder,
                                ListingBuilder& builder);

}  // namespace rest::dataset
