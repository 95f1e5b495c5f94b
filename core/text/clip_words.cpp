// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/clip_words.h"

#include "core/text/unicode.h"

namespace rest::text {
namespace {

enum class Kind { blank, letter, number, other };

Kind kind_of(char32_t c) {
    if (c >= 'a' && c <= 'z') return Kind::letter;
    if (unicode::is_space(c)) return Kind::blank;
    if (unicode::is_letter(c)) return Kind::letter;
    return unicode::is_number(c) ? Kind::number : Kind::other;
}

size_t ending_length(std::string_view text) {
    for (const std::string_view ending : {"'s", "'t", "'re", "'ve", "'m", "'ll", "'d"}) {
        if (text.starts_with(ending)) return ending.size();
    }
    return 0;
}

// CLIP's first pattern matches these two names whole, its second (GPT-2's) splits them again.
size_t append_special_name(std::string_view text, std::vector<std::string_view>& words) {
    for (const auto name : {kStartOfText, kEndOfText}) {
        if (!text.starts_with(name)) continue;
        words.push_back(text.substr(0, 2));
        words.push_back(text.substr(2, name.size() - 4));
        words.push_back(text.substr(name.size() - 2, 2));
        return name.size();
    }
    return 0;
}

size_t run_end(std::string_view text, size_t position, Kind kind) {
    while (position < text.size()) {
        size_t after = position;
        if (kind_of(unicode::next(text, after)) != kind) break;
        position = after;
    }
    return position;
}

}  // namespace

std::string clip_normalised(std::string_view text) {
    const std::string composed = unicode::nfc(unicode::repaired(text));
    std::string out;
    out.reserve(composed.size());
    bool after_blank = false;
    for (size_t position = 0; position < composed.size();) {
        const char32_t c = unicode::next(composed, position);
        const bool blank = unicode::is_space(c);
        if (!blank)
            unicode::append_lower(out, c);
        else if (!after_blank)
            out += ' ';
        after_blank = blank;
    }
    return out;
}

std::vector<std::string_view> clip_words(std::string_view normalised) {
    std::vector<std::string_view> words;
    for (size_t position = 0; position < normalised.size();) {
        if (const size_t length = append_special_name(normalised.substr(position), words)) {
            position += length;
            continue;
        }
        if (const size_t length = ending_length(normalised.substr(position))) {
            words.push_back(normalised.substr(position, length));
            position += length;
            continue;
        }
        const size_t begin = position;
        const Kind kind = kind_of(unicode::next(normalised, position));
        if (kind == Kind::blank) continue;
        if (kind != Kind::number) position = run_end(normalised, position, kind);
        words.push_back(normalised.substr(begin, position - begin));
    }
    return words;
}

}  // namespace rest::text
