// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <vector>

#include "core/checkpoint/checkpoint.h"
#include "core/model/layers.h"

namespace rest::model {

/// A pre-norm transformer layer of CLIP.
struct ClipLayer {
    LayerNorm norm1, norm2;
    Linear query, key, value, output, fc1, fc2;
};

/// CLIP, both encoders.
struct ClipModel {
    checkpoint::ModelSizes sizes;
    // Image side
    torch::Tensor class_embedding;           // (d)
    torch::Tensor patch_weight;              // (d, 3, P, P)
    torch::Tensor image_position_embedding;  // (HW + 1, d)
    LayerNorm pre_norm, post_norm;
    std::vector<ClipLayer> image_layers;
    Linear image_projection;
    // Text side
    torch::Tensor token_embedding;          // (V, d)
    torch::Tensor text_position_embedding;  // (77, d)
    std::vector<ClipLayer> text_layers;
    LayerNorm final_norm;
    Linear text_projection;
    torch::Tensor logit_scale;  // scalar, log

    /// Views of the tensors in `weights` (Hugging Face names).
    static ClipModel build(const checkpoint::Weights& weights, const checkpoint::ModelSizes& sizes);
    /// From a complete CLIP checkpoint (checked), whose weights are moved to the device. `image_size` 0 keeps its own.
    static ClipModel from_checkpoint(checkpoint::Checkpoint& checkpoint, int64_t image_size, torch::Device device);

    /// pixels (B, 3, S, S) normalised -> embeddings (B, p), not normalised.
    torch::Tensor encode_images(const torch::Tensor& pixels) const;
    /// ids (B, n) -> embeddings (B, p), taken at each row's first end token. n may be as short as the longest text.
    torch::Tensor encode_texts(const torch::Tensor& ids) const;
};

/// f_C of Sec. 3.4: clips (B, T, 3, S, S) -> unit vectors (B, p): frames normalised, summed over T, normalised again.
torch::Tensor clip_video_features(const ClipModel& clip, const torch::Tensor& clips);

}  // namespace rest::model
