// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>

namespace rest::distributed {

/// Part of a list: elements [begin, end).
struct Share {
    int64_t begin = 0;
    int64_t end = 0;

    int64_t size() const { return end - begin; }
    bool empty() const { return begin == end; }
    friend bool operator==(const Share&, const Share&) = default;
};

/// The share of `rank` among `size` processes of `count` elements: contiguous, by rank, as equal as possible in whole
/// pieces of `piece` elements (the last one may be shorter). A piece is what one process would have computed in one
/// batch, so that results do not depend on the number of processes. Shares may be empty.
inline Share share_of(int64_t count, int rank, int size, int64_t piece = 1) {
    const int64_t pieces = (count + piece - 1) / piece;
    const int64_t each = pieces / size, more = pieces % size;
    const auto first = [&](int64_t r) { return std::min(count, (r * each + std::min<int64_t>(r, more)) * piece); };
    return {first(rank), first(rank + 1)};
}

}  // namespace rest::distributed
