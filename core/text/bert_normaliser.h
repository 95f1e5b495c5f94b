// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rest::text {

/// Neutral values turn each step off; the defaults are bert-base-uncased's.
struct BertNormaliserSettings {
    bool clean_text = true;            // controls and U+FFFD dropped, every white space a blank
    bool handle_chinese_chars = true;  // blanks around ideographs, so that each is a word
    bool strip_accents = true;         // decomposed (NFD), non-spacing marks dropped
    bool lowercase = true;
};

/// The text as BERT sees it, valid UTF-8 whatever comes in.
std::string bert_normalised(std::string_view text, const BertNormaliserSettings& settings);

/// Words of a normalised text: split at white space, every punctuation mark a word. Views into `normalised`.
std::vector<std::string_view> bert_words(std::string_view normalised);

}  // namespace rest::text
