// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace rest {

/// The right to write to something: one holder at a time, given back when it goes or its process dies.
class FileLock {
  public:
    /// `what` begins the message of who is refused: "The project /data/my.rest". Throws Error (busy) naming it and the
    /// process that holds it, or (io).
    FileLock(const std::filesystem::path& file, const std::string& what);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

  private:
    int descriptor_;
};

}  // namespace rest
