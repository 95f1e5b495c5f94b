// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/robustness/small_disk.h"

#include <sched.h>
#include <sys/mount.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace rest::test {

namespace fs = std::filesystem;

SmallDisk::SmallDisk(fs::path folder, int64_t bytes) : folder_(std::move(folder)), bytes_(bytes) {
    fs::create_directories(folder_);
    const bool mounted =
        ::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 && mount_it(0);
    if (!mounted) problem_ = std::string("a small disk cannot be mounted here: ") + std::strerror(errno);
}

SmallDisk::~SmallDisk() {
    if (problem_.empty()) ::umount2(folder_.c_str(), MNT_DETACH);
}

bool SmallDisk::mount_it(unsigned long flags) const {
    const auto size = "size=" + std::to_string(bytes_);
    return ::mount("rest", folder_.c_str(), "tmpfs", flags, size.c_str()) == 0;
}

void SmallDisk::resize(int64_t bytes) {
    bytes_ = bytes;
    if (!mount_it(MS_REMOUNT)) throw std::runtime_error("the small disk cannot be resized");
}

void SmallDisk::forbid_writing(bool forbid) {
    if (!mount_it(MS_REMOUNT | (forbid ? MS_RDONLY : 0)))
        throw std::runtime_error("the small disk cannot be mounted again");
}

int64_t bytes_in(const fs::path& folder) {
    int64_t bytes = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) bytes += static_cast<int64_t>(entry.file_size());
    }
    return bytes;
}

}  // namespace rest::test
