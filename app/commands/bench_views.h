// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/bench/bench.h"

namespace rest::app {

/// What training's loader does with frames, on one thread: cached JPEG of 340 x 256 pixels to pictures, pictures to
/// augmented views of 224 pixels as planes, and both. A run is 1000 frames, so its seconds are milliseconds per frame.
std::vector<bench::BenchResult> view_benches(const bench::BenchSettings& settings, const bench::Limits& limits,
                                             Task& task);

}  // namespace rest::app
