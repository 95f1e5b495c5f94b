// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/metrics/word_diff.h"

#include <algorithm>
#include <span>

#include "core/evaluation/metrics/caption_words.h"
#include "core/text/unicode.h"

namespace rest::evaluation {
namespace {

namespace unicode = text::unicode;

struct ShownWord {
    std::string text;  // with the blanks and marks up to the next one
    std::string key;   // what is compared; empty where there is no word in it
};

bool is_apostrophe(char32_t c) {
    return c == U'\'' || c == U'\u2019';
}

bool is_word_of_its_own(char32_t c) {
    return (c >= 0x3040 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0x20000 && c <= 0x3ffff);
}

ShownWord shown_word(std::string text) {
    ShownWord word{std::move(text), {}};
    for (const auto& part : caption_words(word.text)) word.key += part;
    return word;
}

/// Where each word begins: after the last blank before it, so that an opening quote goes with its word.
std::vector<size_t> beginnings(const std::string& text) {
    std::vector<size_t> out;
    bool in_word = false;
    size_t after_blank = 0;  // in the gap since the last word
    for (size_t at = 0; at < text.size();) {
        const size_t start = at;
        const char32_t c = unicode::next(text, at);
        if (unicode::is_space(c)) after_blank = at;
        const bool part_of_word = !unicode::is_space(c) && !unicode::is_control(c) &&
                                  (!unicode::is_punctuation(c) || (is_apostrophe(c) && in_word));
        if (part_of_word && (!in_word || is_word_of_its_own(c)))
            out.push_back(after_blank > (out.empty() ? 0 : out.back()) ? after_blank : start);
        in_word = part_of_word && !is_word_of_its_own(c);
    }
    return out;
}

std::vector<ShownWord> shown_words(std::string_view caption) {
    const std::string text = unicode::repaired(caption);
    std::vector<ShownWord> words;
    if (text.empty()) return words;
    auto begins = beginnings(text);
    if (begins.empty()) return {shown_word(text)};
    begins.front() = 0;
    for (size_t i = 0; i < begins.size(); ++i) {
        const size_t end = i + 1 < begins.size() ? begins[i + 1] : text.size();
        words.push_back(shown_word(text.substr(begins[i], end - begins[i])));
    }
    return words;
}

using Shown = std::span<const ShownWord>;

size_t common_prefix(Shown a, Shown b) {
    size_t n = 0;
    while (n < a.size() && n < b.size() && a[n].key == b[n].key) ++n;
    return n;
}

size_t common_suffix(Shown a, Shown b) {
    size_t n = 0;
    while (n < a.size() && n < b.size() && a[a.size() - 1 - n].key == b[b.size() - 1 - n].key) ++n;
    return n;
}

class DiffWriter {
  public:
    void put(DiffPiece::Kind kind, const ShownWord& word) {
        auto& pieces = diff.pieces;
        if (pieces.empty() || pieces.back().kind != kind) pieces.push_back({kind, {}});
        pieces.back().text += word.text;
        ++(kind == DiffPiece::Kind::same ? diff.same : kind == DiffPiece::Kind::added ? diff.added : diff.removed);
    }
    void put_all(DiffPiece::Kind kind, Shown words) {
        for (const auto& word : words) put(kind, word);
    }
    WordDiff diff;
};

/// lengths[i][j]: of the longest common subsequence of a from i and b from j on.
std::vector<uint16_t> common_lengths(Shown a, Shown b) {
    const size_t row = b.size() + 1;
    std::vector<uint16_t> lengths((a.size() + 1) * row);
    for (size_t i = a.size(); i-- > 0;) {
        for (size_t j = b.size(); j-- > 0;) {
            lengths[i * row + j] = a[i].key == b[j].key
                                       ? static_cast<uint16_t>(lengths[(i + 1) * row + j + 1] + 1)
                                       : std::max(lengths[(i + 1) * row + j], lengths[i * row + j + 1]);
        }
    }
    return lengths;
}

void put_middle(DiffWriter& out, Shown a, Shown b, int64_t most_words) {
    using Kind = DiffPiece::Kind;
    if (std::ssize(a) * std::ssize(b) > most_words * most_words) {
        out.put_all(Kind::removed, a);
        return out.put_all(Kind::added, b);
    }
    const auto lengths = common_lengths(a, b);
    const size_t row = b.size() + 1;
    std::vector<size_t> removed, added;  // of the passage at hand
    const auto flush = [&] {
        for (const size_t i : removed) out.put(Kind::removed, a[i]);
        for (const size_t j : added) out.put(Kind::added, b[j]);
        removed.clear();
        added.clear();
    };
    size_t i = 0, j = 0;
    while (i < a.size() || j < b.size()) {
        if (i < a.size() && j < b.size() && a[i].key == b[j].key) {
            flush();
            out.put(Kind::same, b[j]);
            ++i, ++j;
        } else if (j == b.size() || (i < a.size() && lengths[(i + 1) * row + j] >= lengths[i * row + j + 1])) {
            removed.push_back(i++);
        } else {
            added.push_back(j++);
        }
    }
    flush();
}

}  // namespace

WordDiff word_diff(std::string_view before, std::string_view after, int64_t most_words) {
    most_words = std::clamp<int64_t>(most_words, 0, 20000);
    const auto words_before = shown_words(before), words_after = shown_words(after);
    const Shown a = words_before, b = words_after;
    const size_t prefix = common_prefix(a, b);
    const size_t suffix = common_suffix(a.subspan(prefix), b.subspan(prefix));
    DiffWriter out;
    out.put_all(DiffPiece::Kind::same, b.first(prefix));
    put_middle(out, a.subspan(prefix, a.size() - prefix - suffix), b.subspan(prefix, b.size() - prefix - suffix),
               most_words);
    out.put_all(DiffPiece::Kind::same, b.last(suffix));
    return std::move(out.diff);
}

}  // namespace rest::evaluation
