// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/files/model_sizes.h"

namespace rest::checkpoint {
namespace {

void add_linear(Shapes& shapes, const std::string& at, int64_t out, int64_t in) {
    shapes[at + ".weight"] = {out, in};
    shapes[at + ".bias"] = {out};
}

void add_norm(Shapes& shapes, const std::string& at, int64_t width) {
    shapes[at + ".weight"] = {width};
    shapes[at + ".bias"] = {width};
}

int64_t tokens_of(const VisionSizes& vision) {
    const int64_t side = vision.image / vision.patch;
    return side * side + 1;
}

void add_blip_vision(Shapes& shapes, const VisionSizes& v) {
    const std::string root = "vision_model.";
    shapes[root + "embeddings.class_embedding"] = {1, 1, v.hidden};
    shapes[root + "embeddings.position_embedding"] = {1, tokens_of(v), v.hidden};
    shapes[root + "embeddings.patch_embedding.weight"] = {v.hidden, 3, v.patch, v.patch};
    shapes[root + "embeddings.patch_embedding.bias"] = {v.hidden};
    for (int64_t i = 0; i < v.layers; ++i) {
        const std::string at = root + "encoder.layers." + std::to_string(i) + ".";
        add_norm(shapes, at + "layer_norm1", v.hidden);
        add_norm(shapes, at + "layer_norm2", v.hidden);
        add_linear(shapes, at + "self_attn.qkv", 3 * v.hidden, v.hidden);
        add_linear(shapes, at + "self_attn.projection", v.hidden, v.hidden);
        add_linear(shapes, at + "mlp.fc1", v.mlp, v.hidden);
        add_linear(shapes, at + "mlp.fc2", v.hidden, v.mlp);
    }
    add_norm(shapes, root + "post_layernorm", v.hidden);
}

void add_bert_attention(Shapes& shapes, const std::string& at, int64_t width, int64_t memory_width) {
    add_linear(shapes, at + "self.query", width, width);
    add_linear(shapes, at + "self.key", width, memory_width);
    add_linear(shapes, at + "self.value", width, memory_width);
    add_linear(shapes, at + "output.dense", width, width);
    add_norm(shapes, at + "output.LayerNorm", width);
}

void add_bert(Shapes& shapes, const std::string& root, const TextSizes& t) {
    shapes[root + "embeddings.word_embeddings.weight"] = {t.vocabulary, t.hidden};
    shapes[root + "embeddings.position_embeddings.weight"] = {t.positions, t.hidden};
    add_norm(shapes, root + "embeddings.LayerNorm", t.hidden);
    for (int64_t i = 0; i < t.layers; ++i) {
        const std::string at = root + "encoder.layer." + std::to_string(i) + ".";
        add_bert_attention(shapes, at + "attention.", t.hidden, t.hidden);
        add_bert_attention(shapes, at + "crossattention.", t.hidden, t.encoder_hidden);
        add_linear(shapes, at + "intermediate.dense", t.mlp, t.hidden);
        add_linear(shapes, at + "output.dense", t.hidden, t.mlp);
        add_norm(shapes, at + "output.LayerNorm", t.hidden);
    }
}

/// The head, without its weight (tied to the word embeddings) and the second name of its bias.
void add_caption_head(Shapes& shapes, const TextSizes& t) {
    const std::string at = "text_decoder.cls.predictions.";
    shapes[at + "bias"] = {t.vocabulary};
    add_linear(shapes, at + "transform.dense", t.hidden, t.hidden);
    add_norm(shapes, at + "transform.LayerNorm", t.hidden);
}

void add_adapters(Shapes& shapes, const VisionSizes& v) {
    for (int64_t i = 0; i < v.layers; ++i) {
        const std::string at = "temporal_adapter." + std::to_string(i);
        shapes[at + ".weight"] = {v.hidden, 1, 3, 3, 3};
        shapes[at + ".bias"] = {v.hidden};
    }
}

void add_clip_layers(Shapes& shapes, const std::string& root, int64_t layers, int64_t width, int64_t mlp) {
    for (int64_t i = 0; i < layers; ++i) {
        const std::string at = root + "encoder.layers." + std::to_string(i) + ".";
        add_norm(shapes, at + "layer_norm1", width);
        add_norm(shapes, at + "layer_norm2", width);
        for (const char* name : {"q_proj", "k_proj", "v_proj", "out_proj"}) {
            add_linear(shapes, at + "self_attn." + name, width, width);
        }
        add_linear(shapes, at + "mlp.fc1", mlp, width);
        add_linear(shapes, at + "mlp.fc2", width, mlp);
    }
}

Shapes clip_tensors(const ModelSizes& sizes) {
    const TextSizes& t = sizes.text;
    const VisionSizes& v = sizes.vision;
    Shapes shapes;
    shapes["vision_model.embeddings.class_embedding"] = {v.hidden};
    shapes["vision_model.embeddings.patch_embedding.weight"] = {v.hidden, 3, v.patch, v.patch};
    shapes["vision_model.embeddings.position_embedding.weight"] = {tokens_of(v), v.hidden};
    add_norm(shapes, "vision_model.pre_layrnorm", v.hidden);  // sic, in the published files
    add_clip_layers(shapes, "vision_model.", v.layers, v.hidden, v.mlp);
    add_norm(shapes, "vision_model.post_layernorm", v.hidden);
    shapes["visual_projection.weight"] = {sizes.projection, v.hidden};
    shapes["text_model.embeddings.token_embedding.weight"] = {t.vocabulary, t.hidden};
    shapes["text_model.embeddings.position_embedding.weight"] = {t.positions, t.hidden};
    add_clip_layers(shapes, "text_model.", t.layers, t.hidden, t.mlp);
    add_norm(shapes, "text_model.final_layer_norm", t.hidden);
    shapes["text_projection.weight"] = {sizes.projection, t.hidden};
    shapes["logit_scale"] = {};
    return shapes;
}

Shapes retrieval_tensors(const ModelSizes& sizes) {
    Shapes shapes;
    add_blip_vision(shapes, sizes.vision);
    add_bert(shapes, "text_encoder.", sizes.text);
    add_linear(shapes, "vision_proj", sizes.projection, sizes.vision.hidden);
    add_linear(shapes, "text_proj", sizes.projection, sizes.text.hidden);
    add_linear(shapes, "itm_head", 2, sizes.text.hidden);
    return shapes;
}

}  // namespace

Shapes expected_tensors(CheckpointKind kind, const ModelSizes& sizes) {
    if (kind == CheckpointKind::unknown) return {};
    if (kind == CheckpointKind::clip) return clip_tensors(sizes);
    if (kind == CheckpointKind::blip_retrieval) return retrieval_tensors(sizes);
    Shapes shapes;
    add_blip_vision(shapes, sizes.vision);
    add_bert(shapes, "text_decoder.bert.", sizes.text);
    add_caption_head(shapes, sizes.text);
    if (kind == CheckpointKind::gar) add_adapters(shapes, sizes.vision);
    return shapes;
}

}  // namespace rest::checkpoint
