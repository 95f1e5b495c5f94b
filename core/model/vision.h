// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <functional>
#include <string>
#include <vector>

#include "core/checkpoint/checkpoint.h"
#include "core/model/layers.h"

namespace rest::model {

/// One pre-norm transformer layer of BLIP's ViT (fused query-key-value projection).
struct VisionLayer {
    LayerNorm norm1, norm2;
    Linear qkv, projection, fc1, fc2;
};

/// Depth-wise 3x3x3 convolution over (T, H, W) with bias and zero padding, Eq. 1.
struct TemporalAdapter {
    torch::Tensor weight;  // (d, 1, 3, 3, 3)
    torch::Tensor bias;    // (d)
};

/// Receives the input of each layer of a forward pass.
using LayerInputs = std::function<void(int64_t layer, const torch::Tensor& input)>;

/// BLIP's vision transformer, frame by frame, with an optional temporal adapter after every layer.
struct VisionTower {
    checkpoint::VisionSizes sizes;
    torch::Tensor class_embedding;     // (1, 1, d)
    torch::Tensor position_embedding;  // (1, HW + 1, d)
    torch::Tensor patch_weight;        // (d, 3, P, P)
    torch::Tensor patch_bias;          // (d)
    std::vector<VisionLayer> layers;
    LayerNorm post_norm;
    std::vector<TemporalAdapter> adapters;             // empty, or one per layer
    torch::Tensor half_patch_weight, half_patch_bias;  // bfloat16 copies, if the tower computes in bfloat16

    /// `halves`: bfloat16 copies of weights by name; with them the tower computes in bfloat16
    /// (core/kernels/bf16_layers.h).
    static VisionTower build(const checkpoint::Weights& weights, const checkpoint::VisionSizes& sizes,
                             const checkpoint::Weights& halves = {});

    /// frames (B*T, 3, S, S) normalised -> tokens after the final LayerNorm (B*T, HW + 1, d). With adapters, frames of
    /// a clip are consecutive and T > 1 mixes them. In bfloat16, frames may also be uint8, not normalised, and tokens
    /// are bfloat16.
    torch::Tensor forward(const torch::Tensor& frames, int64_t frames_per_clip, const LayerInputs& show = {}) const;

  private:
    torch::Tensor forward_in_bf16(const torch::Tensor& frames, int64_t frames_per_clip, const LayerInputs& show) const;
    torch::Tensor embed_in_bf16(const torch::Tensor& frames) const;
};

}  // namespace rest::model
