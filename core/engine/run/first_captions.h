// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/run/rest_run.h"

namespace rest::engine {

/// Line 1: captions of every frame with every prompt, stored as step 0. Videos captioned before (by a resumed run, or
/// an earlier run with the same captioner and caption settings) are not captioned again.
void make_first_captions(RestRun& run);

}  // namespace rest::engine
