// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <vector>

#include "core/model/text_decoder.h"

namespace rest::model {

/// A finished caption with a lower sum of log-probabilities is not a caption: it continues an unused beam.
constexpr double kNever = -1e9;

/// Neutral values: beams 1 (greedy), min_length 0, length_penalty 1 for the mean log-probability, repetition_penalty 1.
struct BeamSettings {
    int64_t beams = 3;
    int64_t max_length = 20;  // tokens, prompt included
    int64_t min_length = 5;   // tokens, prompt included, before the end token may come
    double length_penalty = 1;
    double repetition_penalty = 1;

    bool operator==(const BeamSettings&) const = default;
};

struct Hypothesis {
    std::vector<int64_t> ids;  // prompt included, up to and with the end token
    double score = 0;          // log-probability / length^penalty, like transformers' sequences_scores; greedy too
};

/// The best caption of each of the B videos that `memory` was projected from by this decoder; `prompt` token ids are
/// shared by all (starting with [DEC]). A decoder packed_for() B * beams rows is the fastest. Equal to transformers'
/// beam search (early_stopping false) token by token. Off the CPU the search stays on the memory's device
/// (device_beam_search.h). Throws Error (diverged) if the model's scores are NaN.
std::vector<Hypothesis> beam_search(const TextDecoder& decoder, const CrossMemory& memory,
                                    const std::vector<int64_t>& prompt, const BeamSettings& settings);

}  // namespace rest::model
