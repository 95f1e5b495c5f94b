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
    std::vector<std::string> lists;  // ListRow::list points here
    std::vector<ListRow> rows;
    std::vector<int> labels;  // of each row into ListingBuilder::classes, -1 for none
    bool names_are_unique = false;
};

/// Gives each row its clip and adds the clips to the listing.
///
/// The surest rows choose first (Fit), so that equal names go to the folder that the row names and what is left to
/// those that name none. A clip in two lists is held out: test before val before train. Rows that name a clip which
/// another row has, and rows without a clip, are counted and told.
void assign_rows(const ListedRows& listed, const ClipFinder& finder, ListingBuilder& builder);

}  // namespace rest::dataset
