// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace rest::store {

/// The right to write to a project: one holder at a time, given back when it goes or its process dies.
class ProjectLock {
  public:
    /// Throws Error (busy) naming the process that holds it, or (io).
    explicit ProjectLock(const std::filesystem::path& file);
    ~ProjectLock();
    ProjectLock(const ProjectLock&) = delete;
    ProjectLock& operator=(const ProjectLock&) = delete;

  private:
    int descriptor_;
};

}  // namespace rest::store
