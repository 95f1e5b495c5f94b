// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <vector>

#include "core/model/text_decoder.h"

namespace rest::model {

struct BeamSettings;

/// What the addresses and shapes of a search depend on.
struct SearchShape {
    int64_t videos = 0;
    int64_t beams = 0;
    int64_t positions = 0;  // tokens of the longest caption, prompt included
    int64_t layers = 0;
    int64_t width = 0;                         // d
    torch::ScalarType type = torch::kFloat32;  // of keys and values

    int64_t rows() const { return videos * beams; }
    bool operator==(const SearchShape&) const = default;
};

/// The complete state of a beam search of fixed shape, on one device. A row is a beam of a video: row = video * beams +
/// beam. Hypotheses are not moved when beams are reordered: tokens, keys and values stay at the row that computed them,
/// and tables record where a row's past is.
struct SearchTables {
    SearchShape shape;
    torch::Tensor length;   // (1) int64, tokens of every hypothesis so far
    torch::Tensor tokens;   // (positions, rows) int64
    torch::Tensor parents;  // (positions, rows) int64: the row, one position before, that this token continues
    torch::Tensor
        ancestors;       // (rows, positions) int64: the row that computed the token at each position of a hypothesis
    torch::Tensor sums;  // (rows) float32, of log-probabilities
    torch::Tensor done;  // (videos) bool: no better caption is possible; the rows idle on
    // The best `beams` finished captions of each video, best first; scores are -inf where there is none.
    torch::Tensor finished_scores;   // (videos, beams) float64, sum / length^penalty
    torch::Tensor finished_lengths;  // (videos, beams) int64, tokens with prompt and end; 0 where there is none
    torch::Tensor finished_parents;  // (videos, beams) int64: the row of the token before the last
    torch::Tensor finished_tokens;   // (videos, beams) int64, the last token
    torch::Tensor divisors;          // (positions + 1) float64: length^penalty by tokens, prompt included
    torch::Tensor keys, values;      // (layers, rows, positions, d): each row writes its own entries
    torch::Tensor memory_places;     // (layers, 2) int64: addresses of CrossMemory's keys and values, for kernels

    static SearchTables make(const SearchShape& shape, torch::Device device);
    /// Prepares the first selection: every hypothesis is the prompt.
    void start(const std::vector<int64_t>& prompt, const BeamSettings& settings);
    /// Sets the addresses of this search's CrossMemory.
    void look_at(const CrossMemory& memory);
};

}  // namespace rest::model
