// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "core/evaluation/metrics/ngrams.h"

namespace rest::evaluation {

/// ROUGE-L of each caption, 0 to 1 (Lin, 2004; computed as the COCO caption evaluation does): from the longest common
/// subsequence of words, the best precision and the best recall over the references (not necessarily of the same one),
/// and their F-measure with beta 1.2. An empty caption scores 0.
std::vector<double> rouge_l(std::span<const ReferencedWords> captions);

}  // namespace rest::evaluation
