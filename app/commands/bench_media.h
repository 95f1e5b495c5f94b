// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "core/bench/bench.h"

namespace rest::app {

/// 8 uniform frames of a video: opened for the first time and with its index known, with the decoding threads of a
/// caller who waits for one clip (or as many as the settings say) and with one thread (names ending in -1), and from
/// the frame cache. Throws Error naming the clip when it cannot be read.
std::vector<bench::BenchResult> decode_benches(const std::filesystem::path& clip, const bench::BenchSettings& settings,
                                               const bench::Limits& limits, Task& task);

}  // namespace rest::app
