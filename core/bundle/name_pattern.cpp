// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bundle/name_pattern.h"

#include <unicode/uscript.h>

#include <algorithm>
#include <cstdio>
#include <set>

#include "core/base/error.h"
#include "core/text/unicode.h"

namespace rest::bundle {
namespace {

using Words = std::vector<std::u32string>;

bool is_separator(char32_t c) {
    return text::unicode::is_space(c) || c == U'_' || c == U'-' || c == U'.';
}

/// Whether `c` is of a script that separates words; in others a name may adjoin letters that do not belong to it.
bool parts_words(char32_t c) {
    static const std::set<UScriptCode> unparted = {USCRIPT_HAN,  USCRIPT_HIRAGANA, USCRIPT_KATAKANA, USCRIPT_HANGUL,
                                                   USCRIPT_THAI, USCRIPT_LAO,      USCRIPT_KHMER,    USCRIPT_MYANMAR};
    UErrorCode error = U_ZERO_ERROR;
    return !unparted.contains(uscript_getScript(static_cast<UChar32>(c), &error));
}

Words words_of(std::string_view name) {
    Words words(1);
    for (size_t position = 0; position < name.size();) {
        const char32_t c = text::unicode::next(name, position);
        if (!is_separator(c))
            words.back() += c;
        else if (!words.back().empty())
            words.emplace_back();
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

bool is_short_number(const Words& words) {
    constexpr size_t kShortest = 4;
    size_t digits = 0;
    for (const auto& word : words) {
        if (!std::ranges::all_of(word, text::unicode::is_number)) return false;
        digits += word.size();
    }
    return digits < kShortest;
}

/// The class of characters that would extend a name with `edge` at that end to a longer word; empty if none.
std::string glue(char32_t edge) {
    if (text::unicode::is_number(edge)) return R"(\p{N})";
    if (text::unicode::is_letter(edge) && parts_words(edge)) return R"([\p{L}\p{M}])";
    return {};
}

/// Every character as a code point escape, so that none is special in the pattern.
std::string expression(const Words& words) {
    std::string all;
    for (const auto& word : words) {
        if (!all.empty()) all += R"([\s_.\-]+)";
        for (const char32_t c : word) {
            char escaped[16];
            std::snprintf(escaped, sizeof escaped, "\\x{%x}", static_cast<unsigned>(c));
            all += escaped;
        }
    }
    const auto before = glue(words.front().front());
    const auto after = glue(words.back().back());
    if (!before.empty()) all = "(?<!" + before + ")" + all;
    if (!after.empty()) all += "(?!" + after + ")";
    return all;
}

/// Longer names first, so that no part of one is left behind.
std::vector<Words> sought(const std::vector<std::string>& names) {
    constexpr size_t kShortestPart = 3;
    std::set<Words> all;
    for (const auto& name : names) {
        const auto words = words_of(text::unicode::nfc(text::unicode::repaired(name)));
        if (words.empty() || is_short_number(words)) continue;
        all.insert(words);
        for (const auto& word : words) {
            if (word.size() >= kShortestPart && !is_short_number({word})) all.insert({word});
        }
    }
    std::vector<Words> longest_first(all.begin(), all.end());
    const auto length = [](const Words& words) {
        size_t n = 0;
        for (const auto& word : words) n += word.size() + 1;
        return n;
    };
    std::ranges::stable_sort(longest_first, std::ranges::greater(), length);
    return longest_first;
}

void require(UErrorCode error) {
    if (U_SUCCESS(error)) return;
    throw Error(ErrorCode::unsupported, std::string("Names cannot be removed from the report: ") + u_errorName(error));
}

}  // namespace

NamePattern::NamePattern(const std::vector<std::string>& names, std::string stand_in) : stand_in_(std::move(stand_in)) {
    std::string all;
    for (const auto& words : sought(names)) {
        if (!all.empty()) all += "|";
        all += expression(words);
    }
    if (all.empty()) return;
    UErrorCode error = U_ZERO_ERROR;
    pattern_.reset(icu::RegexPattern::compile(icu::UnicodeString::fromUTF8(all), UREGEX_CASE_INSENSITIVE, error));
    require(error);
}

std::string NamePattern::replaced(std::string_view text) const {
    const auto normal = text::unicode::nfc(text::unicode::repaired(text));
    if (!pattern_) return normal;
    UErrorCode error = U_ZERO_ERROR;
    const auto input = icu::UnicodeString::fromUTF8(normal);
    const std::unique_ptr<icu::RegexMatcher> matcher(pattern_->matcher(input, error));
    require(error);
    std::string out;
    const auto result = matcher->replaceAll(icu::UnicodeString::fromUTF8(stand_in_), error);
    require(error);
    return result.toUTF8String(out);
}

}  // namespace rest::bundle
