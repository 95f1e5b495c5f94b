// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "core/bench/bench.h"

namespace rest::bench {

// How `rest bench` and `rest-bench bench` print their results: one line, or one JSON object.

std::string to_text(const Limits& limits);
std::string to_text(const BenchResult& result);
nlohmann::json to_json(const Limits& limits);
nlohmann::json to_json(const BenchResult& result);

}  // namespace rest::bench
