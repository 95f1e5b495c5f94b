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
    blip_authors,     // the same under the authors' names
    gar,              // a BLIP captioner with temporal adapters
    blip_retrieval,   // image-text matching: vision_proj, text_proj, text_encoder
    blip_pretrained,  // the authors' model before it was trained to caption: loads, but babbles
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
/// Mean and standard deviation per channel (R, G, B) that normalise pixels in [0, 1]. OpenAI's values, with which every
/// BLIP and most CLIPs were trained.
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

/// Tensor shapes by name.
using Shapes = std::map<std::string, std::vector<int64_t>>;

/// A setting that tensors cannot determine, and its source.
struct ToldSetting {
    std::string name;    // "vision heads"
    std::string value;   // "12"
    std::string source;  // "config.json: vision_config.num_attention_heads", "assumed"
    bool assumed = false;
};

/// What the user should know about where a model's sizes came from.
struct SizeNotes {
    std::vector<std::string> disagreements;  // between config and tensors
    std::vector<std::string> warnings;
    std::vector<ToldSetting> told;
};

/// A model's sizes from the files beside it and its tensors (Hugging Face names).
///
/// Where both give a value, the tensors take precedence and `disagreements` gets a line, except for the number of
/// layers: there config.json does, so that a truncated file is found to lack some. What neither gives is transformers'
/// default if transformers wrote config.json, else assumed as in the published models. `authors`: LayerNorm's epsilon
/// is then the BLIP authors' own unless config gives it. Throws Error (damaged, unsupported) for impossible values.
ModelSizes model_sizes(CheckpointKind kind, const Shapes& tensors, const ModelConfig& config, bool authors,
                       SizeNotes& notes);

/// One line for the user about what was assumed; empty if nothing was.
std::string assumptions(const std::vector<ToldSetting>& told);

/// The pixel scale from a preprocessor's configuration, with notes about scale, size and interpolation.
PixelScale pixel_scale(const ModelConfig& config, SizeNotes& notes);

/// The tensor names and shapes of a model of these sizes, Hugging Face names; tied names listed once.
Shapes expected_tensors(CheckpointKind kind, const ModelSizes& sizes);

}  // namespace rest::checkpoint
