// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

namespace rest::bundle {

/// The bytes of a zip of these entries (name, content), deflated, ordered by name. For small archives: all in memory.
/// Throws Error (io).
std::string zip_of(const std::map<std::string, std::string>& entries);

}  // namespace rest::bundle
