// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "core/evaluation/metrics/ngrams.h"

namespace rest::evaluation {

/// CIDEr-D of each caption, 0 to 10 (Vedantam et al., CVPR 2015; computed as the COCO caption evaluation does): 1- to
/// 4-grams weighted by tf-idf, document frequency over the videos' reference sets, counts clipped to the reference's, a
/// Gaussian penalty (sigma 6) on the difference in length, mean over the references, times 10.
///
/// The weights need several videos: with a single one every score is 0, since each n-gram is in every reference set.
std::vector<double> cider_d(std::span<const ReferencedWords> captions);

}  // namespace rest::evaluation
