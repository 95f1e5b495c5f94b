// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "core/bench/bench.h"

namespace rest::app {

/// What a project of settings.videos videos costs: its list written and read, a retrieval step of 3 captions a video
/// written and read, opening with the check of the whole file. The descriptions tell the file's size. `keep`, when not
/// empty, is where the project stays, for the window to open (NAME.rest, which must not be there).
std::vector<bench::BenchResult> store_benches(const std::filesystem::path& keep, const bench::BenchSettings& settings,
                                              const bench::Limits& limits, Task& task);

}  // namespace rest::app
