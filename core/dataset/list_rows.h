// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/dataset/clip_finder.h"
#include "core/dataset/list_row.h"
#include "core/dataset/listing_builder.h"

namespace rest::dataset {

/// All rows of all lists that are read together.
struct ListedRows {
    std::vector<std::string> lists;  // ListRow::list indexes these
    std::vector<ListRow> rows;
    std::vector<int> labels;  // of each row into ListingBuilder::classes, -1 for none
    bool names_are_unique = false;
};

/// Assigns each row its clip and adds the clips to the listing.
///
/// The most certain rows choose first (Fit), so that of equal names each goes to the row with its folder, and the rest
/// to rows without one. A clip in two lists is held out: test before val before train. Rows that name another row's
/// clip, and rows without a clip, are counted and reported.
void assign_rows(const ListedRows& listed, const ClipFinder& finder, ListingBuilder& builder);

}  // namespace rest::dataset
