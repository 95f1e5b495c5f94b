// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/evaluation/metrics/caption_drift.h"
#include "core/store/project.h"

namespace rest::engine {

/// How a run's lists changed from one retrieval step to the next. Empty for a run without lists. Throws what the store
/// throws.
std::vector<evaluation::StepDrift> run_drift(const store::Project& project, store::RunId run);

}  // namespace rest::engine
