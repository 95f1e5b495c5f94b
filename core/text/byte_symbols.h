// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace rest::text {

/// A byte-level vocabulary writes each of the 256 bytes as one printable character: those printable in Latin-1 as
/// themselves, the others as U+0100, U+0101, ... in order.

/// Marks the end of a word in CLIP's vocabulary.
inline constexpr std::string_view kEndOfWord = "</w>";

/// The symbol (UTF-8) of every byte.
const std::array<std::string, 256>& byte_symbols();
/// The bytes in the order in which CLIP's vocabulary lists them: printable ones first.
const std::array<unsigned char, 256>& bytes_in_vocabulary_order();
/// The bytes that a token encodes; empty if one of its characters is not a byte's symbol.
std::optional<std::string> bytes_of_symbols(std::string_view token);

}  // namespace rest::text
