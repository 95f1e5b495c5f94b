// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/store/project.h"

namespace rest::engine {

/// The cautions about a run's models before it began (see cautions_of()): assumptions that its numbers depend on, one
/// per line, stored with the run for its reports.
void keep_cautions(store::Project& project, store::RunId run, const std::vector<std::string>& lines);
std::vector<std::string> kept_cautions(const store::Project& project, store::RunId run);

}  // namespace rest::engine
