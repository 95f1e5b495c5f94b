// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file_stamp.h"

#include <chrono>

namespace rest {

std::optional<FileStamp> file_stamp(const std::filesystem::path& path) {
    std::error_code failed;
    if (!std::filesystem::is_regular_file(path, failed)) return std::nullopt;
    const auto bytes = std::filesystem::file_size(path, failed);
    if (failed) return std::nullopt;
    const auto time = std::filesystem::last_write_time(path, failed);
    if (failed) return std::nullopt;
    const auto since_epoch = std::chrono::file_clock::to_sys(time).time_since_epoch();
    return FileStamp{static_cast<int64_t>(bytes),
                     std::chrono::duration_cast<std::chrono::nanoseconds>(since_epoch).count()};
}

}  // namespace rest
