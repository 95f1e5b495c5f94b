// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/bench.h"

namespace rest::app {

/// The failure gallery on 40,000 evaluated clips of 400 classes: read, filtered and counted, tags read anew.
std::vector<bench::BenchResult> gallery_benches(const bench::BenchSettings& settings, const bench::Limits& limits,
                                                Task& task);

}  // namespace rest::app
