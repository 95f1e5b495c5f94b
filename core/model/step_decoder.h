// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <vector>

#include "core/model/search_tables.h"
#include "core/model/text_decoder.h"

namespace rest::model {

/// A DecoderLayer in which products with the same input are joined.
struct StepLayer {
    Linear self_joined;  // (3d, d): query, key, value
    Linear self_output;
    LayerNorm self_norm;
    Linear cross_query;
    Linear cross_joined;  // (2d, d_v): key, value
    Linear cross_output;
    LayerNorm cross_norm;
    Linear fc1, fc2;
    LayerNorm output_norm;
};

/// A step's predictions: products + bias are the logits, kept separate so that the consumer adds the bias in float32.
struct StepLogits {
    torch::Tensor products;  // (rows, V) float32; bfloat16 logits have a resolution of 0.06, at which beams tie
    torch::Tensor bias;      // (V) float32
};

/// BLIP's text decoder laid out for steps of fixed shape on a GPU: every tensor of a step has the same shape and, given
/// the same SearchTables, the same address whatever the length, which is stored on the device. The host reads nothing.
/// Runs on every device by LibTorch's operations, on CUDA mostly by our own kernels (decode_kernels.h). Not
/// differentiable.
struct StepDecoder {
    checkpoint::TextSizes sizes;
    torch::Tensor word_embedding;      // (V, d)
    torch::Tensor position_embedding;  // (P, d)
    LayerNorm embedding_norm;
    std::vector<StepLayer> layers;
    Linear head_transform;
    LayerNorm head_norm;
    torch::Tensor head_weight;  // (V, d)
    torch::Tensor head_bias;    // (V) float32

    /// A copy of `decoder`'s weights in `type` on their device, except for those that have that dtype and are not
    /// joined.
    static StepDecoder from(const TextDecoder& decoder, torch::ScalarType type);

    torch::ScalarType type() const { return word_embedding.scalar_type(); }
    /// Like TextDecoder::project, in the dtype of the weights; visual of any floating-point dtype.
    CrossMemory project(const torch::Tensor& visual) const;

    /// Runs the prompt's `length` tokens (SearchTables::tokens) for each video, writes their keys and values to the
    /// rows of the first beams, and returns the logits of the last one, one row per video.
    StepLogits prompt(int64_t length, const CrossMemory& memory, SearchTables& tables) const;
    /// Runs the newest token of every row, writes its key and value, and returns the logits of the next.
    StepLogits step(const CrossMemory& memory, SearchTables& tables) const;

  private:
    StepLogits logits(const torch::Tensor& hidden) const;
};

}  // namespace rest::model
