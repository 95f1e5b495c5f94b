// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file_checksum.h"

#include <zlib.h>

#include <cerrno>
#include <fstream>
#include <vector>

#include "core/base/file_error.h"

namespace rest {

uint32_t file_checksum(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw Error(ErrorCode::not_found, "Cannot read " + path.string(), "Check that it exists and is readable.");
    std::vector<char> piece(size_t{1} << 20);
    uLong sum = crc32(0, nullptr, 0);
    while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0) {
        sum = crc32(sum, reinterpret_cast<const Bytef*>(piece.data()), static_cast<uInt>(in.gcount()));
    }
    if (in.bad()) throw file_error("Cannot read", path, EIO);
    return static_cast<uint32_t>(sum);
}

}  // namespace rest
