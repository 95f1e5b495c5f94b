// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace rest {

/// Parses JSON from an untrusted source; the unexpected value says what is wrong with it.
///
/// nlohmann::json copies and writes trees recursively, so half a million nested brackets would overflow the stack: a
/// text nested deeper than any file that we or Hugging Face write is refused before a tree is built.
tl::expected<nlohmann::json, std::string> parse_json(std::string_view text);

/// Whether arrays and objects nest deeper than parse_json() accepts. Takes any text.
bool nests_too_deep(std::string_view json);

/// The member `name`, or `otherwise` if it is not an integer in [low, high].
int64_t integer_member(const nlohmann::json& object, const char* name, int64_t otherwise, int64_t low, int64_t high);

}  // namespace rest
