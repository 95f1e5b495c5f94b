// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace rest {

/// Detects, without reading the file, that it has changed or was replaced.
struct FileStamp {
    int64_t bytes = 0;
    int64_t time_ns = 0;  // of the last change, since 1970

    bool operator==(const FileStamp&) const = default;
};

/// Empty if the path does not exist or is not a regular file.
std::optional<FileStamp> file_stamp(const std::filesystem::path& path);

}  // namespace rest
