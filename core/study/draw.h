// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace rest::study {

struct DrawCandidate {
    int64_t video = 0;
    int label = -1;  // class; unlabelled clips form a class of their own
};

/// Indices of `count` candidates (all, if there are fewer) in order of drawing, without replacement. Depends only on
/// the seed and the videos, not on the candidates' order; a smaller draw is a prefix of a larger one. Stratified: every
/// class gets a share proportional to its size (by largest remainder, ties to the one drawn first), so that accuracy
/// over the draw needs no weights.
std::vector<size_t> draw_clips(std::span<const DrawCandidate> candidates, int64_t count, uint64_t seed,
                               bool stratified);

}  // namespace rest::study
