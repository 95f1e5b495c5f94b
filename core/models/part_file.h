// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "core/models/model_record.h"

namespace rest::models {

/// A file that arrives in pieces, digested as they come. One holder at a time; the file outlives this object.
class PartFile {
  public:
    /// Opens an existing part and digests it, checking `task` meanwhile. A part larger than the file is discarded.
    /// Throws Error (io, no_space), Cancelled.
    PartFile(const std::filesystem::path& path, const RecordedFile& wanted, Task& task);
    ~PartFile();
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;

    uint64_t bytes() const { return bytes_; }
    bool whole() const { return bytes_ == wanted_.bytes; }
    /// Throws Error (no_space, io); (damaged) if there are more bytes than the file has.
    void append(std::string_view piece);
    /// Discards everything.
    void restart();
    /// The digest of the contents; call once, when complete.
    std::string digest();
    /// Syncs the file to disk and renames it. Throws Error (io, no_space).
    void finish(const std::filesystem::path& name);

  private:
    void digest_what_is_there(Task& task);

    std::filesystem::path path_;
    RecordedFile wanted_;
    int descriptor_ = -1;
    uint64_t bytes_ = 0;
    std::unique_ptr<DigestMaker> digest_;
};

}  // namespace rest::models
