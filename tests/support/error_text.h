// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace rest::test {

/// Message and remedy of an Error; empty if none was thrown.
template <class Call>
std::string error_text(Call&& call) {
    try {
        call();
    } catch (const Error& e) {
        return e.full_text();
    }
    return {};
}

/// The text contains all of the words: the file, the value, the remedy.
inline bool says(const std::string& text, std::initializer_list<std::string_view> words) {
    for (const auto word : words) {
        if (text.find(word) == std::string::npos) return false;
    }
    return true;
}

/// One of the lines contains the part.
inline bool mentions(const std::vector<std::string>& lines, std::string_view part) {
    return std::any_of(lines.begin(), lines.end(),
                       [&](const auto& line) { return line.find(part) != std::string::npos; });
}

}  // namespace rest::test
