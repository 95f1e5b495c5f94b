// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rest {

/// Without whitespace (space, tab, line ends) at both ends.
std::string_view trimmed(std::string_view text);
/// Trimmed, every run of whitespace replaced by one space.
std::string collapse_blanks(std::string_view text);
/// ASCII letters in lower case; other bytes unchanged.
std::string ascii_lower(std::string_view text);
/// The form in which two captions are compared: whitespace collapsed, lower case.
std::string caption_key(std::string_view caption);
std::vector<std::string> split(std::string_view text, char separator);
/// Lines without their ends (LF or CRLF); no empty last line.
std::vector<std::string> split_lines(std::string_view text);
/// "a, b and 5 more": the first names, `most` at most.
std::string some_of(std::span<const std::string> names, size_t most);
/// One word for a POSIX shell, whatever it contains: quoted only if needed.
std::string shell_word(std::string_view text);
bool iequals(std::string_view a, std::string_view b);

}  // namespace rest
