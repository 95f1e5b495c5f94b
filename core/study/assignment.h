// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/study/study.h"

namespace rest::study {

/// The clips that an annotator still has to rate, in order.
///
/// First, clips whose answer was undone. Then those that the annotator has not answered or skipped and that fewer than
/// k people rate, least-rated first; ties in an order shuffled by the study's seed and the annotator's code. An
/// annotator with reserved clips gets only those. Control clips are given to everybody, interleaved by the same seed.
/// Training clips are not included.
std::vector<int64_t> rating_order(const Study& study, const Annotator& annotator);

/// Training clips that the annotator has not answered, by id.
std::vector<int64_t> training_order(const Study& study, const Annotator& annotator);

}  // namespace rest::study
