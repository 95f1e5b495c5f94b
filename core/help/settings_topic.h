// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace rest::help {

/// The page "settings", made from the setting table: every setting with its range, the paper's value and what it does.
std::string settings_topic();

}  // namespace rest::help
