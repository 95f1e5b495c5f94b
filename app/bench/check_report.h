// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace rest::app {

/// Prints one line per check ("ok" or "FAILED", its name, the value found) and counts.
class CheckReport {
  public:
    void check(const std::string& what, bool holds, const std::string& seen = {});
    /// Passes if difference <= most; NaN does not pass.
    void near(const std::string& what, double difference, double most);
    /// Prints the last line: how many passed. Returns the program's exit status, 0 or 1.
    int finish() const;

  private:
    int checks_ = 0;
    int failed_ = 0;
};

}  // namespace rest::app
