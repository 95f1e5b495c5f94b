// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace rest {

// Spreadsheets take a cell that begins with = + - @ (also full-width), behind blanks too, for a formula and run it.
// OWASP's remedy ("CSV Injection") is an apostrophe before it. Everything that is written for spreadsheets goes through
// these functions; JSON keeps texts as they are.

/// Text that people typed or files brought, as a cell that is no formula: an apostrophe before it where it could be
/// one, and where it could be taken for one marked so. Others are unchanged.
std::string spreadsheet_text(std::string_view text);
/// The text that spreadsheet_text() was given.
std::string_view without_spreadsheet_mark(std::string_view cell);

/// A field as RFC 4180 has it: in quotes where it holds a separator of any spreadsheet (, ; tab), a quote or a line
/// end, or has blanks at an end.
std::string csv_field(std::string_view text);
/// Both: text by people or from files as a field of a CSV file. Numbers of our own are no texts and need csv_field().
std::string csv_text(std::string_view text);
/// The same for columns with tabs between them, which know no quotes: tabs and line ends become blanks.
std::string tsv_text(std::string_view text);

}  // namespace rest
