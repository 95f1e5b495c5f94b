// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace rest::test {

/// What an Error said and advised; empty when none was thrown.
template <class Call>
std::string error_text(Call&& call) {
    try {
        call();
    } catch (const Error& e) {
        return e.full_text();
    }
    return {};
}

/// All of the words stand in the text: what file, what value, what way out.
inline bool says(const std::string& text, std::initializer_list<std::string_view> words) {
    for (const auto word : words) {
        if (text.find(word) == std::string::npos) return false;
    }
    return true;
}

}  // namespace rest::test
