// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/task.h"

namespace rest::models {

/// The hash that the hub uses for a file: large ones (Git LFS) by SHA-256, small ones as Git does, by the SHA-1 of
/// "blob SIZE\0" and the bytes.
enum class DigestKind { sha256, git_sha1 };
const char* to_string(DigestKind kind);

struct FileDigest {
    DigestKind kind = DigestKind::sha256;
    std::string hex;  // lower case; 64 or 40 digits, empty while unknown

    bool known() const { return !hex.empty(); }
    bool operator==(const FileDigest&) const = default;
};

/// The digest in one of the hub's ETags: 64 hex digits are a SHA-256, 40 are Git's; anything else gives an unknown one.
/// Quotes and the weak-tag prefix are removed.
FileDigest digest_from_etag(std::string_view etag);

/// An incremental digest. Not thread-safe.
class DigestMaker {
  public:
    /// `bytes`: the total, which git_sha1 hashes first.
    DigestMaker(DigestKind kind, uint64_t bytes);
    ~DigestMaker();
    void add(std::string_view piece);
    /// Once, after the last piece.
    std::string hex();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The digest of a whole file; `task` is checked between pieces and receives the number of bytes done, counting from
/// `before`. Throws Error (not_found, io) naming it, Cancelled.
std::string file_digest(const std::filesystem::path& file, DigestKind kind, Task& task, int64_t before = 0);

}  // namespace rest::models
