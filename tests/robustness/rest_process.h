// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace rest::test {

/// Environment variables.
using Variables = std::map<std::string, std::string>;

struct ProcessEnd {
    bool killed = false;  // by us
    int status = -1;      // of a process that ended by itself
};

/// The running program `rest` (or another); its output is appended to the file `log`. Killed on destruction.
class RestProcess {
  public:
    RestProcess(const std::vector<std::string>& arguments, std::string log, const Variables& variables = {},
                const std::string& program = {});
    ~RestProcess();

    int64_t id() const { return process_.processId(); }
    /// This process's output so far.
    std::string said() const;
    /// Waits until it has printed `words`; false if it ends before. Returns immediately for an empty text.
    bool wait_for(const std::string& words);
    /// Waits that long for its end and then kills it with SIGKILL.
    ProcessEnd end_after(std::chrono::milliseconds patience);
    ProcessEnd end() { return end_after(std::chrono::hours(24)); }

  private:
    std::string log_;
    int64_t log_before_ = 0;  // bytes
    QProcess process_;
};

/// Runs `rest` with these arguments and, after `patience`, kills it.
ProcessEnd run_rest(const std::vector<std::string>& arguments, const std::string& log,
                    std::chrono::milliseconds patience = std::chrono::hours(24));

}  // namespace rest::test
