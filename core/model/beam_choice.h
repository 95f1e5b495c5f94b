// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/beam_search.h"
#include "core/model/step_decoder.h"

namespace rest::model {

/// One selection step of beam search, on the device: of the best 2 * beams continuations of each video those that end
/// become finished captions, the best `beams` others the new beams; `length` grows by one. Equal to beam_search() on
/// the CPU, except for ties. `logits` has `running` rows for each video: 1 after the prompt, `beams` later. `end`: the
/// token that ends a caption.
void choose(const StepLogits& logits, int64_t running, const BeamSettings& settings, int64_t end, SearchTables& tables);

}  // namespace rest::model
