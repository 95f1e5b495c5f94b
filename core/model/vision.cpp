// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/vision.h"

#include "core/kernels/temporal_adapter.h"

namespace rest::model {
namespace {

torch::Tensor run_vision_layer(const VisionLayer& layer, int64_t heads, const torch::Tensor& x, kernels::Kept kept) {
    const int64_t b = x.size(0), n = x.size(1), d = x.size(2);
    const auto qkv =
        normed(layer.norm1, layer.qkv, x).view({b, n, 3, heads, d / heads}).permute({2, 0, 3, 1, 4}).unbind(0);
    const auto mixed = kernels::attention(qkv[0], qkv[1], qkv[2]);
    const auto z = layer.projection.onto(x, merge_heads(mixed));
    return feed_forward(layer.norm2, layer.fc1, layer.fc2, z, kept);
}

}  // namespace

VisionTower VisionTower::build(const checkpoint::Weights& weights, const checkpoint::VisionSizes& sizes,
                               const checkpoint::Weights& halves) {
    VisionTower tower;
    tower.sizes = sizes;
    const std::string root = "vision_model.";
    tower.class_embedding = checkpoint::require(weights, root + "embeddings.class_embedding");
    tower.position_embedding = checkpoint::require(weights, root + "embeddings.position_embedding");
    tower.patch_weight = checkpoint::require(weights, root + "embeddings.patch_embedding.weight");
    tower.patch_bias = checkpoint::require(weights, root + "embeddings.patch_embedding.bias");
    if (!halves.empty()) {
        tower.half_patch_weight = checkpoint::require(halves, root + "embeddings.patch_embedding.weight");
        tower.half_patch_bias = checkpoint::require(halves, root + "embeddings.patch_embedding.bias");
    }
    for (int64_t i = 0; i < sizes.layers; ++i) {
        const std::string at = root + "encoder.layers." + std::to_string(i) + ".";
        tower.layers.push_back({.norm1 = layer_norm(weights, at + "layer_norm1", sizes.layer_norm_eps),
                                .norm2 = layer_norm(weights, at + "layer_norm2", sizes.layer_norm_eps),
                                .qkv = linear(weights, halves, at + "self_attn.qkv"),
                                .projection = linear(weights, halves, at + "self_attn.projection"),
                                .fc1 = linear(weights, halves, at + "mlp.fc1"),
                                .fc2 = linear(weights, halves, at + "mlp.fc2")});
    }
    tower.post_norm = layer_norm(weights, root + "post_layernorm", sizes.layer_norm_eps);
    if (weights.contains("temporal_adapter.0.weight")) {
        for (int64_t i = 0; i < sizes.layers; ++i) {
            const std::string at = "temporal_adapter." + std::to_string(i);
            tower.adapters.push_back(
                {checkpoint::require(weights, at + ".weight"), checkpoint::require(weights, at + ".bias")});
        }
    }
    return tower;
}

torch::Tensor VisionTower::forward(const torch::Tensor& frames, int64_t frames_per_clip,
                                   const LayerInputs& show) const {
    if (half_patch_weight.defined()) return forward_in_bf16(frames, frames_per_clip, show);
    const auto patches = embed_patches(frames, patch_weight, patch_bias);
    auto x = torch::cat({class_embedding.expand({frames.size(0), 1, sizes.hidden}), patches}, 1) + position_embedding;
    for (size_t i = 0; i < layers.size(); ++i) {
        if (show) show(static_cast<int64_t>(i), x);
        // Alternate layers keep less: a compromise between a step's memory and time.
        x = run_vision_layer(layers[i], sizes.heads, x,
                             i % 2 == 0 ? kernels::Kept::input : kernels::Kept::input_and_hidden);
        if (!adapters.empty()) x = kernels::adapt_in_time(x, frames_per_clip, adapters[i].weight, adapters[i].bias);
    }
    return post_norm(x);
}

}  // namespace rest::model
