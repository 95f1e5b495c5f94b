// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/blip_retrieval.h"
#include "core/tensor/unit_length.h"

#include <limits>

namespace rest::model {
namespace {

torch::Tensor to_unit(const torch::Tensor& x) {
    return tensor::unit_length(x.to(torch::kFloat32));
}

EncoderLayer build_encoder_layer(const checkpoint::Weights& weights, const std::string& at, double eps) {
    return {.query = linear(weights, at + "attention.self.query"),
            .key = linear(weights, at + "attention.self.key"),
            .value = linear(weights, at + "attention.self.value"),
            .output = linear(weights, at + "attention.output.dense"),
            .norm = layer_norm(weights, at + "attention.output.LayerNorm", eps),
            .fc1 = linear(weights, at + "intermediate.dense"),
            .fc2 = linear(weights, at + "output.dense"),
            .output_norm = layer_norm(weights, at + "output.LayerNorm", eps)};
}

torch::Tensor padding_mask(const torch::Tensor& ids, int64_t pad) {
    const auto hidden = (ids == pad).unsqueeze(1).unsqueeze(1);
    return torch::zeros(hidden.sizes(), torch::TensorOptions().device(ids.device()))
        .masked_fill(hidden, -std::numeric_limits<float>::infinity());
}

}  // namespace

BlipRetrieval BlipRetrieval::from_checkpoint(checkpoint::Checkpoint& checkpoint, int64_t image_size,
                                             torch::Device device) {
    checkpoint::require_complete(checkpoint, checkpoint::CheckpointKind::blip_retrieval);
    auto& sizes = checkpoint.sizes;
    if (image_size > 0 && image_size != sizes.vision.image) {
        auto& positions = checkpoint.weights["vision_model.embeddings.position_embedding"];
        positions = checkpoint::interpolate_positions(positions, image_size, sizes.vision.patch);
        sizes.vision.image = image_size;
    }
    auto& weights = checkpoint.weights;
    for (auto& [name, tensor] : weights) tensor = tensor.to(device);
    BlipRetrieval model;
    model.sizes = sizes;
    model.vision = VisionTower::build(weights, sizes.vision);
    const std::string text = "text_encoder.";
    const double eps = sizes.text.layer_norm_eps;
    model.word_embedding = checkpoint::require(weights, text + "embeddings.word_embeddings.weight");
    model.position_embedding = checkpoint::require(weights, text + "embeddings.position_embeddings.weight");
    model.embedding_norm = layer_norm(weights, text + "embeddings.LayerNorm", eps);
    for (int64_t i = 0; i < sizes.text.layers; ++i) {
        model.layers.push_back(build_encoder_layer(weights, text + "encoder.layer." + std::to_string(i) + ".", eps));
    }
    model.vision_projection = linear(weights, "vision_proj");
    model.text_projection = linear(weights, "text_proj");
    return model;
}

torch::Tensor BlipRetrieval::encode_images(const torch::Tensor& frames) const {
    return to_unit(vision_projection(vision.forward(frames, 1).select(1, 0)));
}

torch::Tensor BlipRetrieval::encode_texts(const torch::Tensor& ids) const {
    auto x = embedding_norm(torch::embedding(word_embedding, ids) + position_embedding.slice(0, 0, ids.size(1)));
    const auto mask = padding_mask(ids, sizes.text.pad);
    const auto heads = sizes.text.heads;
    for (const auto& layer : layers) {
        const auto mixed = kernels::attention(split_heads(layer.query(x), heads), split_heads(layer.key(x), heads),
                                              split_heads(layer.value(x), heads), mask);
        x = layer.norm(x + layer.output(merge_heads(mixed)));
        x = layer.output_norm(x + layer.fc2(torch::gelu(layer.fc1(x))));
    }
    return to_unit(text_projection(x.select(1, 0)));
}

torch::Tensor blip_video_features(const BlipRetrieval& model, const torch::Tensor& clips) {
    const auto frames = model.encode_images(clips.flatten(0, 1));
    return to_unit(frames.view({clips.size(0), clips.size(1), -1}).sum(1));
}

}  // namespace rest::model
