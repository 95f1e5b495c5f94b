// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace rest {

/// An exclusive write lock: one holder at a time, released on destruction or when its process dies.
class FileLock {
  public:
    /// `what` begins the error message: "The project /data/my.rest". Throws Error (busy) naming it and the process that
    /// holds it, or (io).
    FileLock(const std::filesystem::path& file, const std::string& what);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

  private:
    int descriptor_;
};

}  // namespace rest
