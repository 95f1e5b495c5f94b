// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rest::text {

inline constexpr std::string_view kStartOfText = "<|startoftext|>";
inline constexpr std::string_view kEndOfText = "<|endoftext|>";

/// The text normalised for CLIP: composed (NFC), every run of white space one space, lower case. Valid UTF-8 for any
/// input.
std::string clip_normalised(std::string_view text);

/// Words of a normalised text: runs of letters, single digits, runs of other characters, and the endings 's 't 're 've
/// 'm 'll 'd. Views into `normalised`.
std::vector<std::string_view> clip_words(std::string_view normalised);

}  // namespace rest::text
