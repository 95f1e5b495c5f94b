// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/plain_file.h"

#include <cerrno>
#include <fstream>

#include "core/base/file_error.h"

namespace rest::interchange {

void write_plain_file(const std::filesystem::path& file, std::string_view content) {
    make_folder(file.parent_path());
    errno = 0;
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
    out.close();
    if (!out) throw file_error("Cannot write", file, errno ? errno : EIO);
}

}  // namespace rest::interchange
