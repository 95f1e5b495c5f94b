// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "core/base/file_error.h"
#include "core/base/strings.h"

namespace rest {
namespace {

[[noreturn]] void fail(const std::filesystem::path& file, int error) {
    throw file_error("Cannot lock", file, error);
}

[[noreturn]] void refuse(int descriptor, const std::string& what) {
    char written[32] = {};
    const ssize_t n = ::pread(descriptor, written, sizeof written - 1, 0);
    ::close(descriptor);
    const std::string holder(n > 0 ? trimmed(written) : std::string_view());
    const bool own = holder == std::to_string(::getpid());
    throw Error(ErrorCode::busy,
                what + " is being written by " + (own ? "other work of this program" : "another program") +
                    (holder.empty() ? "" : " (process " + holder + ")"),
                "Wait until it is done, or close it there.");
}

}  // namespace

// flock() and not fcntl(): its locks belong to the open file, so two holders in one process also exclude each other.
FileLock::FileLock(const std::filesystem::path& file, const std::string& what)
    : descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644)) {
    if (descriptor_ < 0) fail(file, errno);
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) refuse(descriptor_, what);
        const int error = errno;
        ::close(descriptor_);
        fail(file, error);
    }
    const std::string id = std::to_string(::getpid()) + "\n";
    const bool told = ::ftruncate(descriptor_, 0) == 0 && ::pwrite(descriptor_, id.data(), id.size(), 0) > 0;
    if (!told) {
        const int error = errno;
        ::close(descriptor_);
        fail(file, error);
    }
}

FileLock::~FileLock() {
    ::close(descriptor_);
}

}  // namespace rest
