// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/evaluation/metrics/caption_drift.h"
#include "core/store/project.h"

namespace rest {

/// How a run's lists moved from one retrieval step to the next. Empty for a run without lists. Throws what the store throws.
std::vector<StepDrift> run_drift(const Project& project, RunId run);

}  // namespace rest
