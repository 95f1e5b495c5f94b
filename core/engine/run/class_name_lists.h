// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/run/rest_run.h"

namespace rest::engine {

/// Instead of lines 1-4: every video's list is its class name, stored as step 0.
void take_class_names(RestRun& run);

}  // namespace rest::engine
