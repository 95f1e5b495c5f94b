// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/checkpoint/checkpoint.h"

namespace rest::bench {

// Floating-point operations of matrix products and convolutions, a multiply-add counting two. Norms, activations and
// softmax are left out: they are memory-bound.

/// A pre-norm transformer layer on `tokens` tokens that attend to `seen` tokens.
double layer_flop(double tokens, double seen, double hidden, double mlp);

/// A ViT on one frame; with adapters, their depth-wise convolutions are included.
double vision_flop(const checkpoint::VisionSizes& sizes, bool adapters);

/// The keys and values of `tokens` visual tokens for all decoder layers.
double memory_flop(const checkpoint::TextSizes& sizes, double tokens);

/// The decoder on `rows` rows of `length` tokens each in one pass, with cross-attention to `memory` visual tokens and
/// vocabulary logits at `scored` positions of each row.
double decoder_flop(const checkpoint::TextSizes& sizes, double rows, double length, double memory, double scored);

/// Cached generation of tokens first + 1 .. last for `rows` hypotheses, the prompt of `first` tokens included.
double generation_flop(const checkpoint::TextSizes& sizes, double rows, int64_t first, int64_t last, double memory);

}  // namespace rest::bench
