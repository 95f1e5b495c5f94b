// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>

namespace rest {

/// CRC-32 of a file's bytes, read in pieces: detects damage, not forgery. Throws Error (not_found, io) naming the file.
uint32_t file_checksum(const std::filesystem::path& path);

}  // namespace rest
