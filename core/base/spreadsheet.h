// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace rest {

// Spreadsheets treat a cell that begins with = + - @ (also full-width), even after whitespace, as a formula and run it.
// OWASP's remedy ("CSV Injection") is an apostrophe before it. All text written for spreadsheets goes through these
// functions; JSON keeps texts as they are.

/// Text from users or files, as a cell that is not a formula: prefixed with an apostrophe if it could be read as one,
/// or if it looks prefixed already. Other text is unchanged.
std::string spreadsheet_text(std::string_view text);
/// The inverse: the text that spreadsheet_text() was given.
std::string_view without_spreadsheet_mark(std::string_view cell);

/// A field as in RFC 4180: quoted if it contains a delimiter of any spreadsheet (, ; tab), a quote or a line end, or
/// has whitespace at either end.
std::string csv_field(std::string_view text);
/// Both: text from users or files as a CSV field. Numbers that we write need only csv_field().
std::string csv_text(std::string_view text);
/// The same for tab-separated columns, which have no quoting: tabs and line ends become spaces.
std::string tsv_text(std::string_view text);

}  // namespace rest
