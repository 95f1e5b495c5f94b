// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bench/check_report.h"

#include <fmt/format.h>

#include <cstdio>

namespace rest::app {

void CheckReport::check(const std::string& what, bool holds, const std::string& seen) {
    fmt::print("{} {:<48} {}\n", holds ? "ok    " : "FAILED", what, seen);
    std::fflush(stdout);  // the next check may crash
    ++checks_;
    if (!holds) ++failed_;
}

void CheckReport::near(const std::string& what, double difference, double most) {
    check(what, difference <= most, fmt::format("{:.3g} (at most {:.3g})", difference, most));
}

int CheckReport::finish() const {
    fmt::print("{} of {} checks hold\n", checks_ - failed_, checks_);
    return failed_ == 0 && checks_ > 0 ? 0 : 1;
}

}  // namespace rest::app
