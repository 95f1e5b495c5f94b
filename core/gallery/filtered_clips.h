// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/gallery/clip_filter.h"

namespace rest::gallery {

constexpr int kMarginBars = 24;

/// How many clips each option would show with everything else that is asked for applied.
struct FacetCounts {
    std::array<int64_t, 3> splits{};
    std::array<int64_t, kVerdicts> verdicts{};
    std::array<int64_t, kChanges> changes{};
    std::array<int64_t, kPeople> people{};
    std::vector<int64_t> labels, predicted;  // by class + 1: the first is none
    std::vector<int64_t> tags;               // by Marks::tags
    int64_t untagged = 0, noted = 0;
    std::array<int64_t, kMarginBars> margins{};  // equal parts of 0 .. ClipTable::largest_margin
    int64_t unknown_margins = 0;
};

struct FilteredClips {
    std::vector<int> rows;  // of the table, in the order asked for
    FacetCounts counts;
};

/// One pass over the table: 40,000 clips take a few milliseconds.
FilteredClips filter_clips(const ClipTable& table, const Marks& marks, const ClipFilter& filter,
                           Order order = Order::video);

}  // namespace rest::gallery
