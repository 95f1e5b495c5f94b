// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rest::evaluation {

using Words = std::vector<std::string>;

/// A caption's words as the caption metrics compare them: lower case, punctuation stripped, split at whitespace.
///
/// An apostrophe is removed without a gap ("man's" -> "mans"), every other punctuation mark (Unicode category P) and
/// control character separates words ("glass-blower" -> "glass", "blower"); symbols ("$", "+") stay. The COCO
/// evaluation uses Stanford's tokeniser, which differs in just these cases. Invalid UTF-8 is read as U+FFFD.
Words caption_words(std::string_view caption);

}  // namespace rest::evaluation
