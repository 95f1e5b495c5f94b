// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace rest::bundle {

/// The logs in a folder (*.log) by file name: of each the last `most_bytes` at most, starting at a line. Unreadable
/// folders and files are left out.
std::map<std::string, std::string> log_ends(const std::filesystem::path& folder, uint64_t most_bytes);

}  // namespace rest::bundle
