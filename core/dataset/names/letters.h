// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace rest::dataset {

// ASCII alone, whatever the locale says.

inline bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
inline bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
inline bool is_letter(char c) {
    return is_lower(c) || is_upper(c);
}
inline bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace rest::dataset
