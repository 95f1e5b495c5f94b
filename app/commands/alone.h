// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace rest::app {

/// Throws Error (unsupported) when a launcher has started several processes of a command that is for one: they would
/// fight for the project.
void require_alone(const std::string& command);

}  // namespace rest::app
