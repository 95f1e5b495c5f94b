// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rest::text {

/// Neutral values turn each step off; the defaults are bert-base-uncased's.
struct BertNormaliserSettings {
    bool clean_text = true;            // removes control characters and U+FFFD, turns all white space into spaces
    bool handle_chinese_chars = true;  // adds spaces around ideographs, so that each is a word
    bool strip_accents = true;         // decomposes (NFD) and removes non-spacing marks
    bool lowercase = true;
};

/// The text normalised for BERT; valid UTF-8 for any input.
std::string bert_normalised(std::string_view text, const BertNormaliserSettings& settings);

/// Words of a normalised text: split at white space, every punctuation mark a word. Views into `normalised`.
std::vector<std::string_view> bert_words(std::string_view normalised);

}  // namespace rest::text
