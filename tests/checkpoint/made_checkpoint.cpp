// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/checkpoint/made_checkpoint.h"

#include <QtTest/QtTest>

namespace rest::test {
namespace {

std::string renamed(std::string name, const std::vector<std::pair<std::string, std::string>>& renames) {
    for (const auto& [old, fresh] : renames) {
        if (const auto at = name.find(old); at != std::string::npos) name.replace(at, old.size(), fresh);
    }
    return name;
}

}  // namespace

checkpoint::ModelSizes tiny_blip() {
    return {.vision = {.hidden = 64, .layers = 2, .heads = 1, .mlp = 96, .image = 48, .patch = 16},
            .text = {.hidden = 128,
                     .layers = 2,
                     .heads = 2,
                     .mlp = 80,
                     .vocabulary = 40,
                     .positions = 12,
                     .encoder_hidden = 64,
                     .bos = 38,
                     .eos = 7}};
}

checkpoint::ModelSizes tiny_clip() {
    return {.vision = {.hidden = 64, .layers = 2, .heads = 1, .mlp = 96, .image = 32, .patch = 16},
            .text = {.hidden = 128,
                     .layers = 1,
                     .heads = 2,
                     .mlp = 80,
                     .vocabulary = 30,
                     .positions = 9,
                     .layer_norm_eps = 1e-5,
                     .bos = 28,
                     .eos = 29,
                     .pad = 29},
            .projection = 24,
            .activation = "quick_gelu"};
}

checkpoint::Checkpoint made(checkpoint::CheckpointKind kind, const checkpoint::ModelSizes& sizes) {
    checkpoint::Checkpoint checkpoint;
    checkpoint.kind = kind;
    checkpoint.sizes = sizes;
    torch::manual_seed(3);
    for (const auto& [name, shape] : checkpoint::expected_tensors(kind, sizes))
        checkpoint.weights[name] = torch::randn(shape);
    return checkpoint;
}

std::string authors_name(const std::string& name) {
    return renamed(name, {{"vision_model.encoder.layers.", "visual_encoder.blocks."},
                          {"vision_model.post_layernorm.", "visual_encoder.norm."},
                          {"vision_model.embeddings.patch_embedding.", "visual_encoder.patch_embed.proj."},
                          {"vision_model.embeddings.position_embedding", "visual_encoder.pos_embed"},
                          {"vision_model.embeddings.class_embedding", "visual_encoder.cls_token"},
                          {".self_attn.projection.", ".attn.proj."},
                          {".self_attn.", ".attn."},
                          {".layer_norm1.", ".norm1."},
                          {".layer_norm2.", ".norm2."}});
}

SavedTensor saved(const std::string& name, const torch::Tensor& tensor) {
    const auto flat = tensor.contiguous();
    SavedTensor out{.name = name, .shape = flat.sizes().vec()};
    out.data.assign(static_cast<const char*>(flat.data_ptr()), static_cast<size_t>(flat.numel() * flat.element_size()));
    out.type = flat.scalar_type() == torch::kFloat16 ? "HalfStorage" : "FloatStorage";
    return out;
}

std::vector<SavedTensor> openai_tensors(const checkpoint::Weights& weights, torch::ScalarType type) {
    checkpoint::Weights out;
    for (const auto& [name, tensor] : weights) {
        std::string text =
            renamed(name, {{"text_model.encoder.layers.", "transformer.resblocks."},
                           {"vision_model.encoder.layers.", "visual.transformer.resblocks."},
                           {"vision_model.embeddings.class_embedding", "visual.class_embedding"},
                           {"vision_model.embeddings.patch_embedding.", "visual.conv1."},
                           {"vision_model.embeddings.position_embedding.weight", "visual.positional_embedding"},
                           {"vision_model.pre_layrnorm.", "visual.ln_pre."},
                           {"vision_model.post_layernorm.", "visual.ln_post."},
                           {"text_model.final_layer_norm.", "ln_final."},
                           {"text_model.embeddings.token_embedding.", "token_embedding."},
                           {"text_model.embeddings.position_embedding.weight", "positional_embedding"},
                           {"visual_projection.weight", "visual.proj"},
                           {"text_projection.weight", "text_projection"},
                           {".layer_norm1.", ".ln_1."},
                           {".layer_norm2.", ".ln_2."},
                           {".mlp.fc1.", ".mlp.c_fc."},
                           {".mlp.fc2.", ".mlp.c_proj."},
                           {".self_attn.", ".attn."}});
        const bool turned = text == "visual.proj" || text == "text_projection";
        if (text.find("k_proj") != std::string::npos || text.find("v_proj") != std::string::npos) continue;
        auto value = turned ? tensor.t() : tensor;
        if (const auto at = text.find("q_proj."); at != std::string::npos) {
            value = torch::cat({tensor, weights.at(renamed(name, {{"q_proj", "k_proj"}})),
                                weights.at(renamed(name, {{"q_proj", "v_proj"}}))});
            text.replace(at, 7, "in_proj_");
        }
        out[text] = value.to(type);
    }
    std::vector<SavedTensor> tensors;
    for (const auto& [name, tensor] : out) tensors.push_back(saved(name, tensor));
    return tensors;
}

void compare(const checkpoint::Weights& got, const checkpoint::Weights& wanted) {
    for (const auto& [name, tensor] : wanted) {
        QVERIFY2(got.contains(name), name.c_str());
        QVERIFY2(torch::equal(got.at(name), tensor), name.c_str());
        QCOMPARE(got.at(name).scalar_type(), torch::kFloat32);
    }
}

}  // namespace rest::test
