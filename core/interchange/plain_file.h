// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>

namespace rest::interchange {

/// Writes a file of a folder that appears as a whole later; makes the folders above it. Throws Error (io, no_space).
void write_plain_file(const std::filesystem::path& file, std::string_view content);

}  // namespace rest::interchange
