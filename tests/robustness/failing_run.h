// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/random.h"
#include "tests/robustness/rest_process.h"

namespace rest::test {

/// Which call on files fails and how: see failing_files.cpp.
struct Failure {
    long call = 0;  // 0: none
    std::string error = "ENOSPC";
    bool once = false;   // later calls succeed again
    bool reads = false;  // a call that reads, not one that changes

    std::string text() const;
};

/// A failure of one of `calls` calls.
Failure random_failure(Random& random, long calls);

struct FailedRun {
    ProcessEnd end;
    std::string said;
    std::string failed;  // "pwrite64 /path/of/the/file"; empty if the call was never reached
    long calls = 0;      // counted; 0 if the program did not end by itself
};

/// Runs `rest`, or another program, on a disk that fails for everything under `folder`. Helper files go beside it.
FailedRun run_failing(const std::vector<std::string>& arguments, const std::filesystem::path& folder,
                      const Failure& failure, const std::string& program = {});

/// What the error message of a program stopped by a disk lacks: the file, the reason, the remedy. Empty if none.
std::string missing_in_message(const std::string& said, const std::filesystem::path& folder);

}  // namespace rest::test
