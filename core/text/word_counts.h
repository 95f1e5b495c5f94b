// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/text/vocabulary.h"

namespace rest::text {

using WordCounts = TokenMap<int64_t>;

/// Words with their counts, most frequent first, ties in byte order.
inline std::vector<std::pair<std::string, int64_t>> by_frequency(const WordCounts& counts) {
    std::vector<std::pair<std::string, int64_t>> words(counts.begin(), counts.end());
    std::sort(words.begin(), words.end(), [](const auto& a, const auto& b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    return words;
}

}  // namespace rest::text
