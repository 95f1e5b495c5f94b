// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/clip.h"
#include "core/tensor/unit_length.h"

#include <limits>

namespace rest::model {
namespace {

std::vector<ClipLayer> build_layers(const checkpoint::Weights& weights, const std::string& root, int64_t count,
                                    double eps) {
    std::vector<ClipLayer> layers;
    for (int64_t i = 0; i < count; ++i) {
        const std::string prefix = root + "encoder.layers." + std::to_string(i) + ".";
        layers.push_back({.norm1 = layer_norm(weights, prefix + "layer_norm1", eps),
                          .norm2 = layer_norm(weights, prefix + "layer_norm2", eps),
                          .query = linear(weights, prefix + "self_attn.q_proj"),
                          .key = linear(weights, prefix + "self_attn.k_proj"),
                          .value = linear(weights, prefix + "self_attn.v_proj"),
                          .output = linear(weights, prefix + "self_attn.out_proj"),
                          .fc1 = linear(weights, prefix + "mlp.fc1"),
                          .fc2 = linear(weights, prefix + "mlp.fc2")});
    }
    return layers;
}

torch::Tensor run_layers(const std::vector<ClipLayer>& layers, torch::Tensor x, int64_t heads, bool quick,
                         const torch::Tensor& mask) {
    for (const auto& layer : layers) {
        const auto y = layer.norm1(x);
        const auto mixed = kernels::attention(split_heads(layer.query(y), heads), split_heads(layer.key(y), heads),
                                              split_heads(layer.value(y), heads), mask);
        x = layer.output.onto(x, merge_heads(mixed));
        x = layer.fc2.onto(
            x, layer.fc1(layer.norm2(x), quick ? kernels::Activation::quick_gelu : kernels::Activation::gelu));
    }
    return x;
}

void build_image_side(ClipModel& model, const checkpoint::Weights& weights) {
    const std::string vision = "vision_model.";
    const auto& sizes = model.sizes.vision;
    model.class_embedding = checkpoint::require(weights, vision + "embeddings.class_embedding");
    model.patch_weight = checkpoint::require(weights, vision + "embeddings.patch_embedding.weight");
    model.image_position_embedding = checkpoint::require(weights, vision + "embeddings.position_embedding.weight");
    model.pre_norm = layer_norm(weights, vision + "pre_layrnorm", sizes.layer_norm_eps);
    model.post_norm = layer_norm(weights, vision + "post_layernorm", sizes.layer_norm_eps);
    model.image_layers = build_layers(weights, vision, sizes.layers, sizes.layer_norm_eps);
    model.image_projection = linear(weights, "visual_projection", false);
}

void build_text_side(ClipModel& model, const checkpoint::Weights& weights) {
    const std::string text = "text_model.";
    const auto& sizes = model.sizes.text;
    model.token_embedding = checkpoint::require(weights, text + "embeddings.token_embedding.weight");
    model.text_position_embedding = checkpoint::require(weights, text + "embeddings.position_embedding.weight");
    model.text_layers = build_layers(weights, text, sizes.layers, sizes.layer_norm_eps);
    model.final_norm = layer_norm(weights, text + "final_layer_norm", sizes.layer_norm_eps);
    model.text_projection = linear(weights, "text_projection", false);
}

}  // namespace

ClipModel ClipModel::build(const checkpoint::Weights& weights, const checkpoint::ModelSizes& sizes) {
    ClipModel model;
    model.sizes = sizes;
    build_image_side(model, weights);
    build_text_side(model, weights);
    model.logit_scale = checkpoint::require(weights, "logit_scale");
    return model;
}

ClipModel ClipModel::from_checkpoint(checkpoint::Checkpoint& checkpoint, int64_t image_size, torch::Device device) {
    checkpoint::require_complete(checkpoint, checkpoint::CheckpointKind::clip);
    auto& vision = checkpoint.sizes.vision;
    if (image_size > 0 && image_size != vision.image) {
        auto& positions = checkpoint.weights["vision_model.embeddings.position_embedding.weight"];
        positions = checkpoint::interpolate_positions(positions.unsqueeze(0), image_size, vision.patch).squeeze(0);
        vision.image = image_size;
    }
    for (auto& [name, tensor] : checkpoint.weights) tensor = tensor.to(device);
    return build(checkpoint.weights, checkpoint.sizes);
}

torch::Tensor ClipModel::encode_images(const torch::Tensor& pixels) const {
    const auto& s = sizes.vision;
    const auto patches = embed_patches(pixels, patch_weight, {});
    const auto cls = class_embedding.expand({pixels.size(0), 1, s.hidden});
    const auto x = pre_norm(torch::cat({cls, patches}, 1) + image_position_embedding);
    const auto y = run_layers(image_layers, x, s.heads, sizes.activation == "quick_gelu", {});
    return image_projection(post_norm(y.select(1, 0)));
}

torch::Tensor ClipModel::encode_texts(const torch::Tensor& ids) const {
    const auto& s = sizes.text;
    const int64_t n = ids.size(1);
    const auto x = torch::embedding(token_embedding, ids) + text_position_embedding.slice(0, 0, n);
    const auto mask = torch::full({n, n}, -std::numeric_limits<float>::infinity(), x.options()).triu(1);
    const auto y = final_norm(run_layers(text_layers, x, s.heads, sizes.activation == "quick_gelu", mask));
    // Old configurations give eos_token_id 2 but mean the largest id.
    const int64_t end = s.eos == 2 ? s.vocabulary - 1 : s.eos;
    const auto position = (ids == end).to(torch::kInt32).argmax(1);
    return text_projection(y.index({torch::arange(ids.size(0), ids.options()), position}));
}

torch::Tensor clip_video_features(const ClipModel& clip, const torch::Tensor& clips) {
    const auto frames = tensor::unit_length(clip.encode_images(clips.flatten(0, 1)).to(torch::kFloat32));
    return tensor::unit_length(frames.view({clips.size(0), clips.size(1), -1}).sum(1));
}

}  // namespace rest::model
