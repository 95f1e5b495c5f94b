// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/atomic_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <fstream>

#include "core/base/file_error.h"

namespace rest {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail_to_write(const fs::path& path, int error) {
    throw file_error("Cannot write", path, error);
}

/// Writes through a stream that throws on failure, so that errno is still that of the failed call.
void write_stream(const fs::path& path, const fs::path& beside, const std::function<void(std::ostream&)>& write) {
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    if (!out) fail_to_write(path, errno);
    try {
        out.exceptions(std::ios::badbit | std::ios::failbit);
        errno = 0;
        write(out);
        out.close();
    } catch (const std::ios_base::failure&) {
        fail_to_write(path, errno != 0 ? errno : EIO);
    }
}

void sync_path(const fs::path& path, int flags) {
    const int fd = ::open(path.c_str(), flags | O_CLOEXEC);
    if (fd < 0) fail_to_write(path, errno);
    const int failed = ::fsync(fd) != 0 ? errno : 0;
    ::close(fd);
    // Some file systems cannot sync a folder; on those the guarantee is lost.
    if (failed != 0 && failed != EINVAL) fail_to_write(path, failed);
}

}  // namespace

void write_file_atomically(const fs::path& path, std::string_view content) {
    write_file_atomically(
        path, [&](std::ostream& out) { out.write(content.data(), static_cast<std::streamsize>(content.size())); });
}

void write_file_atomically(const fs::path& path, const std::function<void(std::ostream&)>& write) {
    fs::path beside = path;
    // Two threads of one process may write the same path simultaneously: the last rename wins, no file is torn.
    static std::atomic<uint64_t> count = 0;
    beside += ".part" + std::to_string(::getpid()) + "_" + std::to_string(++count);
    try {
        write_stream(path, beside, write);
        sync_path(beside, O_RDONLY);
        if (::rename(beside.c_str(), path.c_str()) != 0) fail_to_write(path, errno);
    } catch (...) {
        std::error_code ignored;
        fs::remove(beside, ignored);
        throw;
    }
    sync_path(path.has_parent_path() ? path.parent_path() : fs::path("."), O_RDONLY | O_DIRECTORY);
}

void rename_folder(const fs::path& from, const fs::path& to) {
    sync_path(from, O_RDONLY | O_DIRECTORY);
    if (::rename(from.c_str(), to.c_str()) != 0) fail_to_write(to, errno);
    sync_path(to.parent_path(), O_RDONLY | O_DIRECTORY);
}

std::string read_file(const fs::path& path, size_t limit) {
    std::error_code error;
    if (!fs::exists(path, error)) {
        throw Error(ErrorCode::not_found, "There is no file " + path.string(), "Check the path.");
    }
    if (!fs::is_regular_file(path, error)) {
        throw Error(ErrorCode::io, path.string() + " is not a file", "Give the path of a file.");
    }
    const auto size = fs::file_size(path, error);
    if (!error && size > limit) {
        throw Error(ErrorCode::unsupported, path.string() + " has " + std::to_string(size) + " bytes, more than the " +
                                                std::to_string(limit) + " such a file can have");
    }
    std::ifstream in(path, std::ios::binary);
    std::string content(error ? 0 : size, '\0');
    errno = 0;
    in.read(content.data(), static_cast<std::streamsize>(content.size()));
    if (!in) throw file_error("Cannot read", path, errno != 0 ? errno : EIO);
    return content;
}

uint64_t free_space(const fs::path& path) {
    fs::path place = fs::absolute(path);
    std::error_code error;
    while (!fs::exists(place, error) && place.has_relative_path()) place = place.parent_path();
    const auto space = fs::space(place, error);
    return error ? 0 : space.available;
}

}  // namespace rest
