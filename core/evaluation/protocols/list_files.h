// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace rest::evaluation {

/// The files up to three folders below `folder`, sorted. Throws Error (not_found) when it is no folder; what cannot be
/// entered is passed over.
std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder);

/// A whole text file, unpacked when it is gzip's. Throws Error (io, damaged; unsupported over 256 MB).
std::string read_maybe_gzip(const std::filesystem::path& file);

}  // namespace rest::evaluation
