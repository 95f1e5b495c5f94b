// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/evaluation/metrics/caption_words.h"

namespace rest::evaluation {

inline constexpr int kLongestNgram = 4;

/// How often each run of 1, 2, 3 and 4 words occurs; a run's words are joined by blanks. Ordered, so that sums over
/// them come out the same everywhere.
using Ngrams = std::array<std::map<std::string, int64_t>, kLongestNgram>;

Ngrams count_ngrams(const Words& words);

/// A caption and what people said of the same video, as words.
struct ReferencedWords {
    Words caption;
    std::vector<Words> references;  // at least one
};

}  // namespace rest::evaluation
