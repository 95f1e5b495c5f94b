// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/checkpoint/files/model_config.h"

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
/// What is taken from pixels in [0, 1] and what they are divided by: red, green, blue. OpenAI's numbers, which every
/// BLIP and most CLIPs were trained with.
struct PixelScale {
    std::array<double, 3> mean = {0.48145466, 0.4578275, 0.40821073};
    std::array<double, 3> deviation = {0.26862954, 0.26130258, 0.27577711};
    bool operator==(const PixelScale&) const = default;
};
struct ModelSizes {
    VisionSizes vision;
    TextSizes text;
    int64_t projection = 512;         // CLIP, BLIP retrieval
    std::string activation = "gelu";  // "quick_gelu" for CLIP
    PixelScale pixels = {};
};

/// Tensors' sizes by name.
using Shapes = std::map<std::string, std::vector<int64_t>>;

/// Something that tensors cannot tell, and who told.
struct ToldSetting {
    std::string name;    // "vision heads"
    std::string value;   // "12"
    std::string source;  // "config.json: vision_config.num_attention_heads", "assumed"
    bool assumed = false;
};

/// What is worth knowing about where a model's sizes came from.
struct SizeNotes {
    std::vector<std::string> disagreements;  // between config and tensors
    std::vector<std::string> warnings;
    std::vector<ToldSetting> told;
};

/// A model's sizes from what stands beside it and its tensors (Hugging Face names).
///
/// Where both tell, the tensors count and `disagreements` gets a line, except for the number of layers: there
/// config.json counts, so that a file cut short is seen to lack some. What neither tells is as transformers has it by
/// default where config.json is one of transformers', else assumed as in the published models. `authors`: LayerNorm's
/// epsilon is then the BLIP authors' own unless config tells. Throws Error (damaged, unsupported) for values that no
/// model can have.
ModelSizes model_sizes(CheckpointKind kind, const Shapes& tensors, const ModelConfig& config, bool authors,
                       SizeNotes& notes);

/// One line for the user about what was assumed; empty when nothing was.
std::string assumptions(const std::vector<ToldSetting>& told);

/// The pixel scale of a preprocessor's configuration, and a note about that, size and interpolation.
PixelScale pixel_scale(const ModelConfig& config, SizeNotes& notes);

/// The tensor names (with shapes) a model of these sizes has, Hugging Face names; tied names listed once.
Shapes expected_tensors(CheckpointKind kind, const ModelSizes& sizes);

}  // namespace rest::checkpoint
