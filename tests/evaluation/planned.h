// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>

#include "core/evaluation/protocols/protocol_plan.h"
#include "tests/support/places.h"

namespace rest::test {

inline std::filesystem::path shipped_lists() {
    return source_dir() / "resources" / "lists";
}

/// The lists of the official sets in `lists`, or those shipped with the program.
inline PlanSettings with_lists(const std::filesystem::path& lists) {
    return {.lists = lists, .shipped = shipped_lists()};
}

inline bool tells(const std::vector<Problem>& problems, const std::string& part) {
    return std::any_of(problems.begin(), problems.end(),
                       [&](const auto& problem) { return problem.message.find(part) != std::string::npos; });
}

/// An Error's message, "" without one.
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
