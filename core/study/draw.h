// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace rest::study {

struct DrawCandidate {
    int64_t video = 0;
    int label = -1;  // class; the unlabelled are a class of their own
};

/// The numbers of `count` candidates (all, when there are fewer) in the order drawn, without replacement. A function of
/// the seed and the videos alone, whatever the candidates' order; a smaller draw is the beginning of a larger one.
/// Stratified: every class gets its share in proportion to its size (largest remainders first, of equals the one drawn
/// first), so that accuracy over the draw needs no weights.
std::vector<size_t> draw_clips(std::span<const DrawCandidate> candidates, int64_t count, uint64_t seed,
                               bool stratified);

}  // namespace rest::study
