// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/study/study.h"

namespace rest::study {

/// The clips that an annotator still has to rate, in the order in which they come.
///
/// Clips whose answer was undone first. Then those that the annotator has not answered or skipped and that fewer than
/// k people rate, least-rated first; of equals, in an order shuffled by the study's seed and the annotator's code. One
/// with reserved clips gets those alone. Control clips come to everybody, spread among the others by the same seed.
/// Training clips are not among them.
std::vector<int64_t> rating_order(const Study& study, const Annotator& annotator);

/// Training clips that the annotator has not answered, by id.
std::vector<int64_t> training_order(const Study& study, const Annotator& annotator);

}  // namespace rest::study
