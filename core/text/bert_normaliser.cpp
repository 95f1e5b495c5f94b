// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/bert_normaliser.h"

#include "core/text/unicode.h"

namespace rest::text {
namespace {

bool is_blank(char32_t c) {
    return c == '\t' || c == '\n' || c == '\r' || unicode::is_space(c);
}

// Hugging Face's tokenizers take these categories from Unicode 8: they do not treat newer characters as control, mark
// or punctuation, and ids depend on that.
constexpr int kUnicodeOfCategories = 8;

bool is_dropped(char32_t c) {
    if (c == '\t' || c == '\n' || c == '\r') return false;
    return c == 0 || c == 0xFFFD || (unicode::is_control(c) && unicode::is_as_old_as(c, kUnicodeOfCategories));
}

// The blocks that Hugging Face's tokenizers count as ideographs; the gap from 2B820 to 2B91F is theirs, and ids depend
// on it.
bool is_ideograph(char32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x2A6DF) ||
           (c >= 0x2A700 && c <= 0x2B73F) || (c >= 0x2B740 && c <= 0x2B81F) || (c >= 0x2B920 && c <= 0x2CEAF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
}

// ASCII symbols such as "$" and "^" count as punctuation, though Unicode classifies them otherwise.
bool is_mark(char32_t c) {
    if (c < 0x80)
        return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
    return unicode::is_punctuation(c) && unicode::is_as_old_as(c, kUnicodeOfCategories);
}

std::string cleaned_and_spaced(std::string_view text, const BertNormaliserSettings& settings) {
    std::string out;
    out.reserve(text.size() + 8);
    for (size_t position = 0; position < text.size();) {
        const char32_t c = unicode::next(text, position);
        if (settings.clean_text && is_dropped(c)) continue;
        if (settings.clean_text && is_blank(c)) {
            out += ' ';
        } else if (settings.handle_chinese_chars && is_ideograph(c)) {
            out += ' ';
            unicode::append(out, c);
            out += ' ';
        } else {
            unicode::append(out, c);
        }
    }
    return out;
}

std::string without_marks(std::string_view text) {
    const std::string decomposed = unicode::nfd(text);
    std::string out;
    out.reserve(decomposed.size());
    for (size_t position = 0; position < decomposed.size();) {
        const char32_t c = unicode::next(decomposed, position);
        const bool accent = unicode::is_nonspacing_mark(c) && unicode::is_as_old_as(c, kUnicodeOfCategories);
        if (!accent) unicode::append(out, c);
    }
    return out;
}

std::string lower(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (size_t position = 0; position < text.size();) unicode::append_lower(out, unicode::next(text, position));
    return out;
}

}  // namespace

std::string bert_normalised(std::string_view text, const BertNormaliserSettings& settings) {
    std::string out = cleaned_and_spaced(text, settings);
    if (settings.strip_accents && !unicode::is_ascii(out)) out = without_marks(out);
    return settings.lowercase ? lower(out) : out;
}

std::vector<std::string_view> bert_words(std::string_view normalised) {
    std::vector<std::string_view> words;
    size_t begin = 0;
    const auto close = [&](size_t end) {
        if (end > begin) words.push_back(normalised.substr(begin, end - begin));
    };
    for (size_t position = 0; position < normalised.size();) {
        const size_t here = position;
        const char32_t c = unicode::next(normalised, position);
        const bool mark = is_mark(c);
        if (!mark && !is_blank(c)) continue;
        close(here);
        begin = here;
        if (mark) close(position);
        begin = position;
    }
    close(normalised.size());
    return words;
}

}  // namespace rest::text
