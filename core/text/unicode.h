// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

/// The Unicode functions that the tokenisers need, implemented with ICU. Texts are UTF-8.
namespace rest::text::unicode {

bool is_ascii(std::string_view text);
bool is_valid(std::string_view text);
/// `text` with U+FFFD for every invalid byte sequence.
std::string repaired(std::string_view text);

/// The code point at `position`, which is advanced past it; U+FFFD for invalid UTF-8. Requires position < text.size().
char32_t next(std::string_view text, size_t& position);
void append(std::string& out, char32_t c);
/// Whether the code point was assigned in version `major` of Unicode or earlier.
bool is_as_old_as(char32_t c, int major);
/// Appends one code point in lower case, regardless of context.
void append_lower(std::string& out, char32_t c);

std::string nfc(std::string_view valid);
std::string nfd(std::string_view valid);

bool is_space(char32_t c);            // property White_Space
bool is_letter(char32_t c);           // category L
bool is_number(char32_t c);           // category N
bool is_punctuation(char32_t c);      // category P
bool is_nonspacing_mark(char32_t c);  // category Mn
bool is_control(char32_t c);          // categories Cc, Cf and Co

}  // namespace rest::text::unicode
