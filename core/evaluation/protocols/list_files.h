// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace rest::evaluation {

/// The files up to three levels below `folder`, sorted. Throws Error (not_found) if it is not a folder; unreadable
/// folders are skipped.
std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder);

/// The contents of a text file, decompressed if it is gzip. Throws Error (io, damaged; unsupported over 256 MB).
std::string read_maybe_gzip(const std::filesystem::path& file);

}  // namespace rest::evaluation
