// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace rest::app {

/// Text that man(7) renders literally, whatever it contains; a line break ends a paragraph's line.
std::string man_text(const std::string& text);
/// The same with hyphens that can be copied: for names to be typed.
std::string typed_text(const std::string& text);
std::string bold(const std::string& text);
std::string italic(const std::string& text);

/// a to z become A to Z.
std::string upper(std::string text);
/// With a full stop at the end.
std::string full_stop(std::string text);
/// With a capital at the beginning as well.
std::string sentence(std::string text);

}  // namespace rest::app
