// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rest::evaluation {

using Words = std::vector<std::string>;

/// A caption's words as the caption metrics compare them: lower case, punctuation stripped, parted at blanks.
///
/// An apostrophe goes without a gap ("man's" -> "mans"), every other mark (Unicode category P) and control character
/// parts words ("glass-blower" -> "glass", "blower"); symbols ("$", "+") stay. The COCO evaluation reads captions
/// with Stanford's tokeniser, which differs in just these words. Bytes that are no UTF-8 count as U+FFFD.
Words caption_words(std::string_view caption);

}  // namespace rest::evaluation
