// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/metrics/caption_words.h"

#include "core/text/unicode.h"

namespace rest::evaluation {
namespace {

constexpr char32_t kApostrophe = U'\'';
constexpr char32_t kRightQuote = U'\u2019';  // the typographic apostrophe

}  // namespace

Words caption_words(std::string_view caption) {
    Words words;
    std::string word;
    const auto finish = [&] {
        if (!word.empty()) words.push_back(std::move(word));
        word.clear();
    };
    const std::string text = text::unicode::nfc(text::unicode::repaired(caption));
    for (size_t position = 0; position < text.size();) {
        const char32_t c = text::unicode::next(text, position);
        if (c == kApostrophe || c == kRightQuote) continue;
        if (text::unicode::is_space(c) || text::unicode::is_punctuation(c) || text::unicode::is_control(c)) {
            finish();
        } else {
            text::unicode::append_lower(word, c);
        }
    }
    finish();
    return words;
}

}  // namespace rest::evaluation
