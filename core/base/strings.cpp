// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/strings.h"

#include <algorithm>

namespace rest {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\f\v";

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::string collapse_blanks(std::string_view text) {
    std::string out;
    for (const char c : trimmed(text)) {
        const bool blank = kBlanks.find(c) != std::string_view::npos;
        if (!blank)
            out += c;
        else if (out.back() != ' ')
            out += ' ';
    }
    return out;
}

std::string ascii_lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

std::string caption_key(std::string_view caption) {
    return ascii_lower(collapse_blanks(caption));
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    for (size_t begin = 0;;) {
        const size_t end = text.find(separator, begin);
        parts.emplace_back(text.substr(begin, end - begin));
        if (end == std::string_view::npos) return parts;
        begin = end + 1;
    }
}

std::vector<std::string> split_lines(std::string_view text) {
    auto lines = split(text, '\n');
    for (auto& line : lines) {
        if (line.ends_with('\r')) line.pop_back();
    }
    if (!lines.empty() && lines.back().empty()) lines.pop_back();
    return lines;
}

std::string some_of(std::span<const std::string> names, size_t most) {
    std::string out;
    for (const auto& name : names.first(std::min(most, names.size()))) out += (out.empty() ? "" : ", ") + name;
    if (names.size() > most) out += " and " + std::to_string(names.size() - most) + " more";
    return out;
}

std::string shell_word(std::string_view text) {
    constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=,+-@%";
    if (!text.empty() && text.find_first_not_of(kPlain) == std::string_view::npos) return std::string(text);
    std::string word = "'";
    for (const char c : text) {
        if (c == '\'')
            word += "'\\''";
        else
            word += c;
    }
    return word + "'";
}

bool iequals(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace rest
