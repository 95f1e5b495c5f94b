// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/distributed/membership.h"
#include "core/store/project.h"

namespace rest::engine {

// A launcher starts all processes again when one was lost. They are given the same command, and are to go on.

/// Keeps which launch has begun a run.
void keep_launch(store::Project& project, store::RunId run, const std::optional<distributed::Launch>& launch);

/// The run that this launch has begun in an earlier attempt. In the first one there is none, and it is forgotten which
/// runs earlier launches have begun.
std::optional<store::RunId> begun_before(store::Project& project, const std::optional<distributed::Launch>& launch);

}  // namespace rest::engine
