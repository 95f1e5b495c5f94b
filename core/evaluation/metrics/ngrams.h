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

/// Counts of all 1- to 4-grams; an n-gram's words are joined by spaces. Ordered, so that sums over them are the same on
/// every platform.
using Ngrams = std::array<std::map<std::string, int64_t>, kLongestNgram>;

Ngrams count_ngrams(const Words& words);

/// A caption and the reference captions of the same video, as words.
struct ReferencedWords {
    Words caption;
    std::vector<Words> references;  // at least one
};

}  // namespace rest::evaluation
