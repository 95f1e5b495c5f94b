// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/run/rest_run.h"

namespace rest::engine {

/// The owner's texts, features of texts and lists, for all: after it has read them in the project.
void share_lists(RestRun& run);

/// Everybody's train clips that turned out unreadable are so for all from here on. Call it where all have done the same
/// work and before it is asked which clips are left.
void agree_on_unreadable(RestRun& run);

}  // namespace rest::engine
