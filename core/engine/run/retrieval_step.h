// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/run/rest_run.h"

namespace rest::engine {

/// Lines 2-3: CLIP features of the videos (cached beside the project) and their neighbours.
void find_neighbours(RestRun& run);

/// Line 10: a new caption of every video by the current model, stored for `step` and added to the lists.
void make_new_captions(RestRun& run, int step, int epoch);

/// Lines 3-4 and 11-13: scores, top-K update, and the lists stored as `step`.
void update_lists(RestRun& run, int step);

/// The lists of a stored step, when a run is resumed.
void reload_lists(RestRun& run, int step);

}  // namespace rest::engine
