// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <filesystem>

#include "core/store/records.h"

namespace rest::store {

/// Identifies a run across projects: a number alone would refer to the run of that number in whichever project is open.
struct RunRef {
    std::filesystem::path project;  // Project::identity()
    RunId id = 0;                   // 0: no run

    explicit operator bool() const { return id != 0; }
    friend auto operator<=>(const RunRef&, const RunRef&) = default;
};

}  // namespace rest::store
