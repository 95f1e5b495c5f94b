// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace rest::app {

/// Text as man(7) shows it letter by letter, whatever is in it; a line break ends a paragraph's line.
std::string man_text(const std::string& text);
/// The same with hyphens that can be copied: a name to be typed.
std::string typed_text(const std::string& text);
std::string bold(const std::string& text);
std::string italic(const std::string& text);

/// A to Z in place of a to z.
std::string upper(std::string text);
/// With a full stop last.
std::string full_stop(std::string text);
/// With a capital first as well.
std::string sentence(std::string text);

}  // namespace rest::app
