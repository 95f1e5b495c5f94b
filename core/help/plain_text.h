// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace rest::help {

/// A page's Markdown for a terminal: headings underlined, emphasis without its marks, links as their text, tables in
/// aligned columns. Knows what the manual uses and no more of Markdown. Text is UTF-8; columns are counted in code
/// points, East Asian wide ones as two.
std::string plain_text(std::string_view markdown);

}  // namespace rest::help
