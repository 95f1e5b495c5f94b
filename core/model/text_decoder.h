// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <memory>
#include <vector>

#include "core/checkpoint/checkpoint.h"
#include "core/model/layers.h"

namespace rest::model {

/// One post-norm BERT layer of BLIP's decoder: causal self-attention, cross-attention to the video, feed-forward.
struct DecoderLayer {
    Linear self_query, self_key, self_value, self_output;
    LayerNorm self_norm;
    Linear cross_query, cross_key, cross_value, cross_output;
    LayerNorm cross_norm;
    Linear fc1, fc2;
    LayerNorm output_norm;
};

/// The video's keys and values in every layer, projected once and shared by all beams and steps.
struct CrossMemory {
    std::vector<torch::Tensor> keys;    // per layer (B, h, m, c)
    std::vector<torch::Tensor> values;  // per layer (B, h, m, c)

    int64_t videos() const { return keys.empty() ? 0 : keys[0].size(0); }
    CrossMemory select(const torch::Tensor& rows) const;
};

/// Running state of cached decoding, for `rows` hypotheses.
struct DecoderCache {
    std::vector<torch::Tensor> keys;  // per layer (rows, h, length so far, c)
    std::vector<torch::Tensor> values;

    int64_t length() const { return keys.empty() || !keys[0].defined() ? 0 : keys[0].size(2); }
    void reorder(const torch::Tensor& parents);
};

class DeviceBeamSearch;

/// What a decoder is laid out for.
struct DecoderPacking {
    int64_t rows = 1;                          // approximate number of parallel hypotheses
    torch::ScalarType type = torch::kFloat32;  // of the weights, if they are not on the CPU
};

/// BLIP's text decoder: BERT with causal self-attention and cross-attention, word embeddings tied to the output.
struct TextDecoder {
    checkpoint::TextSizes sizes;
    torch::Tensor word_embedding;      // (V, d)
    torch::Tensor position_embedding;  // (P, d)
    LayerNorm embedding_norm;
    std::vector<DecoderLayer> layers;
    Linear head_transform;
    LayerNorm head_norm;
    Linear head;                                                // weight tied to word_embedding
    std::shared_ptr<DeviceBeamSearch> device_search = nullptr;  // of a packed decoder off the CPU, shared by its copies

    /// `halves` as in VisionTower::build(): forward() then computes in bfloat16.
    static TextDecoder build(const checkpoint::Weights& weights, const checkpoint::TextSizes& sizes,
                             const checkpoint::Weights& halves = {});

    /// Teacher-forced: ids (B, n), visual tokens (B, m, d_v) -> logits (B, n, V), in bfloat16 if the decoder computes
    /// in bfloat16. Causal; padding at the end needs no mask.
    torch::Tensor forward(const torch::Tensor& ids, const torch::Tensor& visual) const;

    /// The same decoder with its weights laid out for beam search; they are copied, so keep it only as long as the
    /// weights do not change. On the CPU for steps of about `rows` hypotheses (Linear::packed_for). Elsewhere in
    /// `type`, only for project() and beam_search(), which then need no autocast; one search at a time.
    TextDecoder packed_for(const DecoderPacking& packing) const;

    /// visual (B, m, d_v) -> the keys and values that captions of these videos attend to, whatever their prompt.
    CrossMemory project(const torch::Tensor& visual) const;
    /// One or more new tokens per row: ids (B * beams, n), appended to `cache`. Rows of one video are consecutive:
    /// `memory` has B rows. Returns logits of the last token (B * beams, V).
    torch::Tensor step(const torch::Tensor& ids, const CrossMemory& memory, DecoderCache& cache) const;

  private:
    torch::Tensor forward_in_bf16(const torch::Tensor& ids, const torch::Tensor& visual) const;
    torch::Tensor hidden(const torch::Tensor& ids, const CrossMemory& memory, DecoderCache* cache) const;
    torch::Tensor logits(const torch::Tensor& hidden) const;
};

/// Eq. 2: mean next-token cross-entropy over the caption's tokens. ids (B, n), the first `prompt_length` of each row
/// and `pad` are masked; label smoothing as PyTorch's cross_entropy.
torch::Tensor caption_loss(const torch::Tensor& logits, const torch::Tensor& ids, int64_t prompt_length,
                           double label_smoothing, int64_t pad);

}  // namespace rest::model
