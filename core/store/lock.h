// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_lock.h"

namespace rest::store {

/// The exclusive write lock of a project.
class ProjectLock : public FileLock {
  public:
    /// Throws Error (busy) naming the project and the process that holds it, or (io).
    explicit ProjectLock(const std::filesystem::path& file)
        : FileLock(file, "The project " + file.parent_path().string()) {}
};

}  // namespace rest::store
