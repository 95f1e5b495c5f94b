// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace rest::interchange {

/// Text as HTML shows it letter by letter, in elements and in quoted attributes. Bytes that are not UTF-8 are kept.
std::string html_text(std::string_view text);

/// RFC 4648, with padding.
std::string base64(std::span<const uint8_t> bytes);

}  // namespace rest::interchange
