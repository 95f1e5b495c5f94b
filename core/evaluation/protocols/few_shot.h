// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/evaluation/protocols/official_lists.h"

namespace rest::evaluation {

/// A split's training clips in the order in which few-shot training draws them, class by class.
///
/// The order depends only on seed, split, class and the clips' names, so the clips for M = 2 are among those for M = 4,
/// and a missing clip is skipped without changing the draw of the others.
std::vector<std::vector<ListedClip>> draw_order(const OfficialSplit& split, int classes, uint64_t seed);

}  // namespace rest::evaluation
