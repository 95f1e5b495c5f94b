// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace rest::bundle {

/// Versions of what we are built on and what the machine is: libraries, kernel, distribution, processor, memory (MB),
/// graphics cards. Nothing that tells which machine it is. What cannot be found out is "unknown".
nlohmann::json system_facts();

/// Of the LibTorch this was built with, "2.6.0".
std::string torch_version();

}  // namespace rest::bundle
