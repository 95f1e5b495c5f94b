// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/store/project.h"

namespace rest::test {

/// Everything of a training run that must not depend on interruptions.
struct RunResult {
    uint32_t weights = 0;                  // checksum of the last checkpoint's
    std::vector<std::string> captions;     // every step's lists, in order
    std::vector<std::string> predictions;  // every epoch's
    std::vector<double> losses;

    bool operator==(const RunResult&) const = default;
};

RunResult result_of(const store::Project& project, store::RunId run = 1);
/// The same, opened for writing, so that the whole database is checked as well.
RunResult checked_result(const std::filesystem::path& project);
/// Which part differs, for a test's message; empty if none does.
std::string difference(const RunResult& found, const RunResult& expected);

/// What an import has stored, sorted.
std::vector<std::string> video_rows(const store::Project& project);

/// A small drawn world and a project into which it has been imported.
class MadeProject {
  public:
    /// Throws Error.
    explicit MadeProject(std::filesystem::path folder);

    const std::filesystem::path& folder() const { return folder_; }
    std::filesystem::path world() const { return folder_ / "world"; }
    const std::filesystem::path& imported() const { return imported_; }
    /// A copy of the imported project under another name; replaces an older one.
    std::filesystem::path fresh(const std::string& name) const;

  private:
    std::filesystem::path folder_, imported_;
};

/// Starts a small run on one thread with two retrieval steps, or resumes the existing one.
std::vector<std::string> train_command(const std::filesystem::path& project, int epochs);

}  // namespace rest::test
