// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace rest {

/// What tells, without reading it, that a file is another one than before.
struct FileStamp {
    int64_t bytes = 0;
    int64_t time_ns = 0;  // of the last change, since 1970

    bool operator==(const FileStamp&) const = default;
};

/// Empty when there is no such file, or what is there is no file.
std::optional<FileStamp> file_stamp(const std::filesystem::path& path);

}  // namespace rest
