// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "core/evaluation/metrics/ngrams.h"

namespace rest::evaluation {

/// Corpus BLEU-4 of all captions, 0 to 1 (Papineni et al., ACL 2002; computed as the COCO caption evaluation does):
/// geometric mean of the clipped precisions of 1- to 4-grams, times the brevity penalty. A caption's length is compared
/// with the closest reference length, the shorter of equally close ones. Without captions 0.
double bleu4(std::span<const ReferencedWords> captions);

}  // namespace rest::evaluation
