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
    bool once = false;   // the calls after it go well again
    bool reads = false;  // a call that reads, not one that changes

    std::string text() const;
};

/// A failure of one of `calls` calls.
Failure random_failure(Random& random, long calls);

struct FailedRun {
    ProcessEnd end;
    std::string said;
    std::string failed;  // "pwrite64 /path/of/the/file"; empty when the call was never reached
    long calls = 0;      // counted; 0 when the program did not come to its end
};

/// Runs `rest`, or another program, on a disk that fails for everything under `folder`. Files are written beside it.
FailedRun run_failing(const std::vector<std::string>& arguments, const std::filesystem::path& folder,
                      const Failure& failure, const std::string& program = {});

/// What a user would miss in the message of a program that a disk has stopped: the file, the reason, the way out. Empty
/// when nothing is missing.
std::string missing_in_message(const std::string& said, const std::filesystem::path& folder);

}  // namespace rest::test
