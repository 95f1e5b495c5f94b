// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace rest::app {

/// Prints one line a check ("ok" or "FAILED", what, what was seen) and counts.
class CheckReport {
  public:
    void check(const std::string& what, bool holds, const std::string& seen = {});
    /// Holds where difference <= most; NaN does not.
    void near(const std::string& what, double difference, double most);
    /// The last line: how many held. Returns the program's exit status, 0 or 1.
    int finish() const;

  private:
    int checks_ = 0;
    int failed_ = 0;
};

}  // namespace rest::app
