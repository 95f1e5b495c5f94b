// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "core/bench/bench.h"

namespace rest::app {

/// What a project of settings.videos videos costs: its list written and read, a retrieval step of 3 captions per video
/// written and read, opening with the check of the whole file. The last description states its size. `keep`, when
/// not empty, is where the project is kept, for the window to open (NAME.rest, which must not exist).
std::vector<bench::BenchResult> store_benches(const std::filesystem::path& keep, const bench::BenchSettings& settings,
                                              const bench::Limits& limits, Task& task);

}  // namespace rest::app
