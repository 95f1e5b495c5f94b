// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace rest::evaluation {

/// Counts problems of one kind, reported once with the first as an example.
struct Tally {
    int64_t count = 0;
    std::string example;

    void add(const std::string& what) {
        if (count++ == 0) example = what;
    }
    /// Adds "`what`: `count`, such as `example`"; nothing if the count is 0.
    void tell(std::vector<Problem>& problems, ErrorCode code, const std::string& file, const std::string& what,
              const std::string& remedy) const {
        if (count > 0)
            problems.push_back({code, file, fmt::format("{}: {}, such as {}", what, count, example), remedy});
    }
};

}  // namespace rest::evaluation
