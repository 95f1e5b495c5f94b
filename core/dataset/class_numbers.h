// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/dataset/class_map.h"
#include "core/dataset/list_rows.h"

namespace rest::dataset {

/// The class names found with the lists: beside one of them first, else anywhere in the tree. Empty if no row has a
/// number, or there is no such file.
ClassMap find_class_map(const FileTree& tree, const ListedRows& listed, ListingBuilder& builder);

/// By number, the folders that its clips lie in.
using FoldersOfNumbers = std::map<int, std::set<std::string>>;

/// How much further up the lists number the classes than the map does: 1 where they count from 1 and the map's lines
/// from 0, -1 where they count from 0 and the map from 1 (classInd.txt). Seen by a number that only one of these names,
/// or because more folders are called as their classes then. Told where it is not 0.
int number_shift(const ClassMap& map, const FoldersOfNumbers& folders, ListingBuilder& builder);

/// What the map calls a number of lists that count `shift` further up; null for nothing.
const std::string* class_of_number(const ClassMap& map, int64_t number, int shift);

/// The class of each row, as an index of `builder.classes`.
///
/// Numbers are named by the map, see number_shift(). Without a map the folder that all clips of a number lie in is its
/// its name, else "class 7", which is noted.
std::vector<int> number_classes(const ClassMap& map, const ListedRows& listed, const ClipFinder& finder,
                                ListingBuilder& builder);

}  // namespace rest::dataset
