// SPDX-License-Identifier: GPL-3.0-or-later
// The vision tower in bfloat16: the same layers as vision.cpp, on core/kernels/bf16_layers.h.
#include "core/model/vision.h"

namespace rest::model {

torch::Tensor VisionTower::embed_in_bf16(const torch::Tensor& frames) const {
    const int64_t count = frames.size(0), across = frames.size(2) / sizes.patch;
    torch::Tensor patches;
    if (frames.scalar_type() == torch::kUInt8) {
        patches = kernels::bf16::patches_of_pixels(frames, sizes.patch);
    } else {
        const int64_t p = sizes.patch;
        patches = frames.slice(2, 0, across * p)
                      .slice(3, 0, across * p)
                      .reshape({count, 3, across, p, across, p})
                      .permute({0, 2, 4, 1, 3, 5})
                      .reshape({-1, 3 * p * p})
                      .to(torch::kBFloat16);
    }
    const kernels::bf16::Affine embedding{{patch_weight.flatten(1), half_patch_weight.flatten(1)},
                                          {patch_bias, half_patch_bias}};
    const auto embedded = kernels::bf16::affine(patches, embedding).view({count, across * across, sizes.hidden});
    const auto tokens =
        torch::cat({class_embedding.to(torch::kBFloat16).expand({count, 1, sizes.hidden}), embedded}, 1);
    return tokens + position_embedding.to(torch::kBFloat16);
}

torch::Tensor VisionTower::forward_in_bf16(const torch::Tensor& frames, int64_t frames_per_clip,
                                           const LayerInputs& show) const {
    auto x = embed_in_bf16(frames);
    for (size_t i = 0; i < layers.size(); ++i) {
        if (show) show(static_cast<int64_t>(i), x);
        const auto& layer = layers[i];
        const auto [passed, y] = kernels::bf16::pass_and_norm(x, layer.norm1.in_bf16());
        const auto mixed = kernels::bf16::packed_attention(kernels::bf16::affine(y, layer.qkv.in_bf16()), sizes.heads);
        const auto z = kernels::bf16::affine(mixed, layer.projection.in_bf16(), passed);
        const auto [passed_on, hidden] = kernels::bf16::pass_and_norm(z, layer.norm2.in_bf16());
        x = kernels::bf16::feed_forward(hidden, layer.fc1.in_bf16(), layer.fc2.in_bf16(), passed_on);
        if (!adapters.empty())
            x = kernels::bf16::adapt_in_time(x, frames_per_clip, adapters[i].weight, adapters[i].bias);
    }
    return kernels::bf16::norm(x, post_norm.in_bf16());
}

}  // namespace rest::model
