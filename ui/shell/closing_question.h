// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include "ui/session/engine_client.h"

namespace rest::ui {

/// Asks whether to stop these jobs and close; names all of them. Does not block; `stop` is called for "Stop and
/// close".
void askBeforeClosing(const std::vector<JobInfo>& jobs, QWidget* window, const std::function<void()>& stop);

}  // namespace rest::ui
