// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace rest::checkpoint {

enum class CheckpointKind {
    blip_captioner,   // vision + text decoder, Hugging Face names
    blip_authors,     // the same as the authors publish it
    gar,              // a BLIP captioner with temporal adapters
    blip_retrieval,   // image-text matching: vision_proj, text_proj, text_encoder
    blip_pretrained,  // the authors' model before captioning was learnt: loads, but babbles
    clip,
    unknown,
};
const char* to_string(CheckpointKind kind);

struct VisionSizes {
    int64_t hidden = 768, layers = 12, heads = 12, mlp = 3072, image = 224, patch = 16;
    double layer_norm_eps = 1e-5;
};
struct TextSizes {
    int64_t hidden = 768, layers = 12, heads = 12, mlp = 3072, vocabulary = 30524, positions = 512;
    int64_t encoder_hidden = 768;  // BLIP: width of the visual tokens
    double layer_norm_eps = 1e-12;
    int64_t bos = 30522, eos = 102, pad = 0;  // BLIP: [DEC], [SEP], [PAD]; CLIP: start, end, end
};
struct ModelSizes {
    VisionSizes vision;
    TextSizes text;
    int64_t projection = 512;         // CLIP, BLIP retrieval
    std::string activation = "gelu";  // "quick_gelu" for CLIP
};

/// Tensors' sizes by name.
using Shapes = std::map<std::string, std::vector<int64_t>>;

/// A model's sizes from its config (may be null) and its tensors (Hugging Face names).
///
/// Where both tell, the tensors count and `disagreements` gets a line, except for the number of layers: there
/// config.json counts, so that a file cut short is seen to lack some. `authors`: LayerNorm's epsilon is then the
/// authors' own unless config tells. Throws Error (damaged, unsupported) for values that no model can have.
ModelSizes model_sizes(CheckpointKind kind, const Shapes& tensors, const nlohmann::json& config, bool authors,
                       std::vector<std::string>& disagreements, std::vector<std::string>& warnings);

/// The tensor names (with shapes) a model of these sizes has, Hugging Face names; tied names listed once.
Shapes expected_tensors(CheckpointKind kind, const ModelSizes& sizes);

}  // namespace rest::checkpoint
