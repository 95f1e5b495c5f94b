// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/queue/events.h"

namespace rest::ui {

/// Writes the beginnings, messages and ends of jobs to the program's log. Any thread: called where the event is
/// created, so that the last line before a crash is in the log.
void writeToLog(const engine::Event& event);

}  // namespace rest::ui
