// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace rest::bundle {

/// Versions of our dependencies, and a description of the machine: libraries, kernel, distribution, processor, memory
/// (MB), graphics cards. Nothing that identifies the machine. What cannot be determined is "unknown".
nlohmann::json system_facts();

/// Of the LibTorch this was built with, "2.6.0".
std::string torch_version();

}  // namespace rest::bundle
