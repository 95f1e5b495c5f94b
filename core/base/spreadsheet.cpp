// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/spreadsheet.h"

#include <algorithm>
#include <array>

#include "core/base/strings.h"

namespace rest {
namespace {

constexpr char kMark = '\'';

// ＝ ＋ － ＠ are read as their narrow forms, the minus sign as a hyphen.
constexpr std::array<std::string_view, 9> kFormulaSigns = {
    "=", "+", "-", "@", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0", "\xE2\x88\x92"};

// Spaces that spreadsheets drop or do not show before a formula: no-break, wide, zero-width, byte order marks.
constexpr std::array<std::string_view, 8> kWideBlanks = {"\xC2\xA0",     "\xC2\x85",     "\xE1\x9A\x80",
                                                         "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE2\x81\xA0",
                                                         "\xE3\x80\x80", "\xEF\xBB\xBF"};

/// Bytes of the whitespace or control character at the start of the text; 0: none.
size_t blank_at_start(std::string_view text) {
    const auto first = static_cast<unsigned char>(text.front());
    if (first <= ' ' || first == 0x7F) return 1;
    for (const auto blank : kWideBlanks) {
        if (text.starts_with(blank)) return blank.size();
    }
    // U+2000 to U+200F and U+2028 to U+202E: spaces, zero-width characters, direction marks.
    if (text.size() < 3 || !text.starts_with("\xE2\x80")) return 0;
    const auto last = static_cast<unsigned char>(text[2]);
    return last <= 0x8F || (last >= 0xA8 && last <= 0xAE) ? 3 : 0;
}

bool may_be_formula(std::string_view text) {
    if (text.empty()) return false;
    if (text.front() == '\t' || text.front() == '\r' || text.front() == '\n') return true;
    while (!text.empty()) {
        const size_t blank = blank_at_start(text);
        if (blank == 0) break;
        text.remove_prefix(blank);
    }
    return std::ranges::any_of(kFormulaSigns, [&](std::string_view sign) { return text.starts_with(sign); });
}

/// True also for text that looks marked already, so that the mark can always be undone.
bool needs_mark(std::string_view text) {
    const auto end_of_marks = text.find_first_not_of(kMark);
    return end_of_marks != std::string_view::npos && may_be_formula(text.substr(end_of_marks));
}

}  // namespace

std::string spreadsheet_text(std::string_view text) {
    return needs_mark(text) ? kMark + std::string(text) : std::string(text);
}

std::string_view without_spreadsheet_mark(std::string_view cell) {
    return cell.starts_with(kMark) && needs_mark(cell) ? cell.substr(1) : cell;
}

std::string csv_field(std::string_view text) {
    if (text.find_first_of(",;\t\"\r\n") == std::string_view::npos && trimmed(text).size() == text.size())
        return std::string(text);
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out += '"';
}

std::string csv_text(std::string_view text) {
    return csv_field(spreadsheet_text(text));
}

std::string tsv_text(std::string_view text) {
    std::string plain(text);
    std::ranges::replace_if(
        plain, [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    return spreadsheet_text(plain);
}

}  // namespace rest
