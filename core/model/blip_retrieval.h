// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <vector>

#include "core/checkpoint/checkpoint.h"
#include "core/model/layers.h"
#include "core/model/vision.h"

namespace rest::model {

/// A post-norm bidirectional BERT layer; cross-attention is not used here.
struct EncoderLayer {
    Linear query, key, value, output;
    LayerNorm norm;
    Linear fc1, fc2;
    LayerNorm output_norm;
};

/// BLIP "in CLIP mode" (Table 2): the image-text matching checkpoint whose projected [CLS] tokens are compared like
/// CLIP's embeddings, without its matching head.
struct BlipRetrieval {
    checkpoint::ModelSizes sizes;
    VisionTower vision;
    torch::Tensor word_embedding;      // (V, d)
    torch::Tensor position_embedding;  // (P, d)
    LayerNorm embedding_norm;
    std::vector<EncoderLayer> layers;
    Linear vision_projection, text_projection;

    /// From a complete image-text matching checkpoint (checked), whose weights are moved to the device. `image_size` 0
    /// keeps its own.
    static BlipRetrieval from_checkpoint(checkpoint::Checkpoint& checkpoint, int64_t image_size, torch::Device device);

    /// frames (B, 3, S, S) normalised -> unit embeddings (B, p).
    torch::Tensor encode_images(const torch::Tensor& frames) const;
    /// ids (B, n) that begin with [CLS], padded with `sizes.text.pad` -> unit embeddings (B, p).
    torch::Tensor encode_texts(const torch::Tensor& ids) const;
};

/// Clips (B, T, 3, S, S) normalised -> unit vectors (B, p), frames summed as in CLIP's f_C (Sec. 3.4).
torch::Tensor blip_video_features(const BlipRetrieval& model, const torch::Tensor& clips);

}  // namespace rest::model
