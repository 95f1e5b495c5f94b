// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

namespace rest {

/// Writes a file so that a reader, even after a crash, sees the old one or the new one and never a part: written to a
/// temporary file beside it, synced, renamed, and the folder synced. Throws Error (io, no_space) naming the file.
void write_file_atomically(const std::filesystem::path& path, std::string_view content);

/// The same for content too large for memory: `write` is given a buffered stream.
void write_file_atomically(const std::filesystem::path& path, const std::function<void(std::ostream&)>& write);

/// Renames a folder whose files are synced, and syncs its parent: after a crash it has the old name or the new one.
/// Throws Error (io, no_space) naming it.
void rename_folder(const std::filesystem::path& from, const std::filesystem::path& to);

/// Reads a whole file. Throws Error (not_found, io); refuses more than `limit` bytes (unsupported).
std::string read_file(const std::filesystem::path& path, size_t limit = size_t{1} << 30);

/// Bytes available to this user where `path` is or will be (its nearest existing parent).
uint64_t free_space(const std::filesystem::path& path);

}  // namespace rest
