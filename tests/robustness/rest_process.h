// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace rest::test {

struct ProcessEnd {
    bool killed = false;  // by us
    int status = -1;      // of a process that ended by itself
};

/// Runs the program `rest` with these arguments and, after `patience`, kills it with SIGKILL. Its output goes to `log`.
ProcessEnd run_rest(const std::vector<std::string>& arguments, const std::string& log,
                    std::chrono::milliseconds patience = std::chrono::hours(1));

}  // namespace rest::test
