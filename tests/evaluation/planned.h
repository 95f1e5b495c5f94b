// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>

#include "core/evaluation/protocol_plan.h"

namespace rest::test {

inline std::filesystem::path shipped_lists() {
    return std::filesystem::path(REST_SOURCE_DIR) / "resources" / "lists";
}

inline bool tells(const std::vector<Problem>& problems, const std::string& part) {
    return std::any_of(problems.begin(), problems.end(),
                       [&](const auto& problem) { return problem.message.find(part) != std::string::npos; });
}

/// What an Error says, "" without one.
template <class Action>
std::string refusal(Action&& action) {
    try {
        action();
    } catch (const Error& e) {
        return e.full_text();
    }
    return {};
}

}  // namespace rest::test
