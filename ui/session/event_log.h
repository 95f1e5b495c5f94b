// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/queue/events.h"

namespace rest::ui {

/// Writes what jobs begin, say and end with into the program's log. Any thread: called where the event is made, so that
/// the last line before a crash is there.
void writeToLog(const engine::Event& event);

}  // namespace rest::ui
