// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/part_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#include "core/base/file_error.h"

namespace rest::models {

namespace fs = std::filesystem;

PartFile::PartFile(const fs::path& path, const RecordedFile& wanted, Task& task)
    : path_(path), wanted_(wanted), descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644)) {
    if (descriptor_ < 0) throw file_error("Cannot write", path_, errno);
    try {
        digest_what_is_there(task);
    } catch (...) {
        ::close(descriptor_);
        throw;
    }
}

PartFile::~PartFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void PartFile::digest_what_is_there(Task& task) {
    digest_ = std::make_unique<DigestMaker>(wanted_.digest.kind, wanted_.bytes);
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) throw file_error("Cannot read", path_, errno);
    // Longer than the file: from another version, or a server that sent too much.
    if (static_cast<uint64_t>(status.st_size) > wanted_.bytes) return restart();
    std::vector<char> piece(size_t{1} << 20);
    for (;;) {
        task.check();
        const ssize_t n = ::read(descriptor_, piece.data(), piece.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) throw file_error("Cannot read", path_, errno);
        if (n == 0) return;
        digest_->add({piece.data(), static_cast<size_t>(n)});
        bytes_ += static_cast<uint64_t>(n);
    }
}

void PartFile::append(std::string_view piece) {
    if (piece.size() > wanted_.bytes - bytes_) {
        throw Error(
            ErrorCode::damaged,
            "The server sends more than the " + std::to_string(wanted_.bytes) + " bytes that " + wanted_.name + " has",
            "Try again later, or another mirror (HF_ENDPOINT).");
    }
    for (size_t written = 0; written < piece.size();) {
        const ssize_t n = ::write(descriptor_, piece.data() + written, piece.size() - written);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) throw file_error("Cannot write", path_, errno);
        // Digested as it is written: after an error further on, both are at the same byte.
        digest_->add(piece.substr(written, static_cast<size_t>(n)));
        bytes_ += static_cast<uint64_t>(n);
        written += static_cast<size_t>(n);
    }
}

void PartFile::restart() {
    if (::ftruncate(descriptor_, 0) != 0 || ::lseek(descriptor_, 0, SEEK_SET) != 0)
        throw file_error("Cannot write", path_, errno);
    bytes_ = 0;
    digest_ = std::make_unique<DigestMaker>(wanted_.digest.kind, wanted_.bytes);
}

std::string PartFile::digest() {
    return digest_->hex();
}

void PartFile::finish(const fs::path& name) {
    if (::fsync(descriptor_) != 0) throw file_error("Cannot write", path_, errno);
    // Some file systems report a full disk only at close.
    const int closed = ::close(std::exchange(descriptor_, -1));
    if (closed != 0) throw file_error("Cannot write", path_, errno);
    if (::rename(path_.c_str(), name.c_str()) != 0) throw file_error("Cannot write", name, errno);
}

}  // namespace rest::models
