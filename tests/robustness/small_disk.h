// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace rest::test {

/// A separate file system in memory, visible only to this thread, threads it starts, and their children. Not every user
/// may create one: problem() then returns why.
class SmallDisk {
  public:
    SmallDisk(std::filesystem::path folder, int64_t bytes);
    ~SmallDisk();
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    const std::string& problem() const { return problem_; }
    void resize(int64_t bytes);
    void forbid_writing(bool forbid);

  private:
    bool mount_it(unsigned long flags) const;

    std::filesystem::path folder_;
    int64_t bytes_;
    std::string problem_;
};

/// Total size of all files in a folder.
int64_t bytes_in(const std::filesystem::path& folder);

}  // namespace rest::test
