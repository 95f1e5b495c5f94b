// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rest::evaluation {

/// Words that follow one another and share a fate, with the blanks and marks that belong to them.
struct DiffPiece {
    enum class Kind { same, removed, added };
    Kind kind = Kind::same;
    std::string text;  // UTF-8

    friend bool operator==(const DiffPiece&, const DiffPiece&) = default;
};

/// How one caption became another, word by word.
struct WordDiff {
    /// In reading order; of a replaced passage what was removed comes first. Those that are not removed make up `after`
    /// to the letter, bytes that are no UTF-8 as U+FFFD.
    std::vector<DiffPiece> pieces;
    int64_t same = 0, removed = 0, added = 0;  // words
};

/// The longest common subsequence of words, compared as caption_words() has them: neither case nor punctuation makes a
/// word another one. Han, Hiragana and Katakana are written without blanks: each character is a word. Time and memory
/// are bounded: where what differs has more than `most_words` x `most_words` pairs of words, all of it is replaced.
WordDiff word_diff(std::string_view before, std::string_view after, int64_t most_words = 500);

}  // namespace rest::evaluation
