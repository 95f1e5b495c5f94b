// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace rest {

/// Parses a JSON text from anywhere; the unexpected value says what is wrong with it.
///
/// Trees are copied and written by recursion, so that a text of half a million brackets would end the program: one that
/// nests deeper than any file of ours or Hugging Face's is refused before a tree is made.
tl::expected<nlohmann::json, std::string> parse_json(std::string_view text);

/// Whether arrays and objects nest deeper than parse_json() takes. Any text.
bool nests_too_deep(std::string_view json);

/// The member `name`, or `otherwise` where it is no whole number in [low, high].
int64_t integer_member(const nlohmann::json& object, const char* name, int64_t otherwise, int64_t low, int64_t high);

}  // namespace rest
