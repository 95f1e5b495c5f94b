// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/files/model_sizes.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <sstream>
#include <string_view>

#include "core/base/error.h"
#include "core/checkpoint/files/config_json.h"

namespace rest::checkpoint {
namespace {

using nlohmann::json;

constexpr int64_t kLargestSize = 10'000'000;
constexpr int64_t kMostLayers = 1000;

struct SizeField {
    const char* section;
    const char* key;
    int64_t* value;
    std::optional<int64_t> of_tensors;
    bool config_counts = false;  // takes precedence over the tensors
};

std::optional<int64_t> dimension(const Shapes& tensors, const std::string& name, int64_t axis) {
    const auto found = tensors.find(name);
    if (found == tensors.end() || std::ssize(found->second) <= axis) return std::nullopt;
    return found->second[static_cast<size_t>(axis)];
}

/// One more than the largest N in names "prefixN.".
std::optional<int64_t> count_layers(const Shapes& tensors, const std::string& prefix) {
    int64_t count = 0;
    for (auto at = tensors.lower_bound(prefix); at != tensors.end() && at->first.starts_with(prefix); ++at) {
        const char* end = at->first.data() + at->first.size();
        int64_t index = -1;
        const auto parsed = std::from_chars(at->first.data() + prefix.size(), end, index);
        if (parsed.ec == std::errc() && index >= 0 && index < kMostLayers) count = std::max(count, index + 1);
    }
    return count > 0 ? std::optional(count) : std::nullopt;
}

/// Image size in pixels implied by the number of position embeddings.
std::optional<int64_t> image_size(std::optional<int64_t> tokens, std::optional<int64_t> patch) {
    if (!tokens || !patch || *tokens < 2 || *tokens > kLargestSize || *patch > kLargestSize) return std::nullopt;
    const auto side = static_cast<int64_t>(std::llround(std::sqrt(static_cast<double>(*tokens - 1))));
    return side * side == *tokens - 1 ? std::optional(side * *patch) : std::nullopt;
}

std::vector<SizeField> vision_fields(ModelSizes& sizes, const Shapes& w, bool clip) {
    auto& v = sizes.vision;
    const std::string root = "vision_model.", patch = root + "embeddings.patch_embedding.weight";
    const auto tokens = clip ? dimension(w, root + "embeddings.position_embedding.weight", 0)
                             : dimension(w, root + "embeddings.position_embedding", 1);
    return {{"vision_config", "hidden_size", &v.hidden, dimension(w, patch, 0)},
            {"vision_config", "patch_size", &v.patch, dimension(w, patch, 2)},
            {"vision_config", "image_size", &v.image, image_size(tokens, dimension(w, patch, 2))},
            {"vision_config", "intermediate_size", &v.mlp, dimension(w, root + "encoder.layers.0.mlp.fc1.weight", 0)},
            {"vision_config", "num_hidden_layers", &v.layers, count_layers(w, root + "encoder.layers."), true}};
}

std::vector<SizeField> bert_fields(ModelSizes& sizes, const Shapes& w, const std::string& root) {
    auto& t = sizes.text;
    const std::string words = root + "embeddings.word_embeddings.weight", layer = root + "encoder.layer.0.";
    return {{"text_config", "hidden_size", &t.hidden, dimension(w, words, 1)},
            {"text_config", "vocab_size", &t.vocabulary, dimension(w, words, 0)},
            {"text_config", "max_position_embeddings", &t.positions,
             dimension(w, root + "embeddings.position_embeddings.weight", 0)},
            {"text_config", "intermediate_size", &t.mlp, dimension(w, layer + "intermediate.dense.weight", 0)},
            {"text_config", "encoder_hidden_size", &t.encoder_hidden,
             dimension(w, layer + "crossattention.self.key.weight", 1)},
            {"text_config", "num_hidden_layers", &t.layers, count_layers(w, root + "encoder.layer."), true}};
}

std::vector<SizeField> clip_text_fields(ModelSizes& sizes, const Shapes& w) {
    auto& t = sizes.text;
    const std::string root = "text_model.", words = root + "embeddings.token_embedding.weight";
    return {{"text_config", "hidden_size", &t.hidden, dimension(w, words, 1)},
            {"text_config", "vocab_size", &t.vocabulary, dimension(w, words, 0)},
            {"text_config", "max_position_embeddings", &t.positions,
             dimension(w, root + "embeddings.position_embedding.weight", 0)},
            {"text_config", "intermediate_size", &t.mlp, dimension(w, root + "encoder.layers.0.mlp.fc1.weight", 0)},
            {"text_config", "num_hidden_layers", &t.layers, count_layers(w, root + "encoder.layers."), true}};
}

std::vector<SizeField> fields_of(CheckpointKind kind, ModelSizes& sizes, const Shapes& tensors) {
    const bool clip = kind == CheckpointKind::clip, retrieval = kind == CheckpointKind::blip_retrieval;
    auto fields = vision_fields(sizes, tensors, clip);
    const auto text = clip ? clip_text_fields(sizes, tensors)
                           : bert_fields(sizes, tensors, retrieval ? "text_encoder." : "text_decoder.bert.");
    fields.insert(fields.end(), text.begin(), text.end());
    if (clip) {
        fields.push_back({"", "projection_dim", &sizes.projection, dimension(tensors, "visual_projection.weight", 0)});
    } else if (retrieval) {
        fields.push_back(
            {"", "image_text_hidden_size", &sizes.projection, dimension(tensors, "vision_proj.weight", 0)});
    }
    return fields;
}

void apply(const SizeField& field, const json& config, std::vector<std::string>& disagreements) {
    const std::string key = field.section[0] == '\0' ? field.key : std::string(field.section) + "." + field.key;
    const int64_t high = field.config_counts ? kMostLayers : kLargestSize;
    const auto told = config_integer(config, field.section, field.key, 1, high);
    if (field.of_tensors && (*field.of_tensors < 1 || *field.of_tensors > high)) {
        throw Error(ErrorCode::damaged, "The tensors' " + key + " would be " + std::to_string(*field.of_tensors),
                    "Download the checkpoint anew.");
    }
    if (told && field.of_tensors && *told != *field.of_tensors) {
        disagreements.push_back("config.json says " + key + " = " + std::to_string(*told) + " and the tensors have " +
                                std::to_string(*field.of_tensors) +
                                (field.config_counts ? "; config.json counts" : "; the tensors count"));
    }
    const auto chosen = told && (field.config_counts || !field.of_tensors) ? told : field.of_tensors;
    if (chosen) *field.value = *chosen;
}

/// A section of the configuration, with its model's default where the configuration gives no value.
struct Section {
    const char* key;        // "vision_config"
    const char* word;       // "vision"
    int64_t default_heads;  // transformers' default
};

/// Empty for values of published captioners; else what is unusual.
std::string odd_heads(CheckpointKind kind, const Section& section, int64_t heads, int64_t hidden) {
    constexpr int64_t kChannels = 64, kOldDefault = 8, kBertWidth = 768;
    const bool bert = kind != CheckpointKind::clip && std::string_view(section.word) == "text";
    if (!bert || heads * kChannels == hidden || (heads != kOldDefault && hidden != kBertWidth)) return {};
    return "config.json says text_config.num_attention_heads = " + std::to_string(heads) + " for a width of " +
           std::to_string(hidden) + ". Configurations of early 2023 said 8 of BLIPs that have " +
           std::to_string(std::max<int64_t>(1, hidden / kChannels)) +
           " (transformers issue 22625): where captions are poor, correct config.json";
}

/// From config, else one head per 64 channels as in every published BLIP and CLIP.
int64_t heads_of(CheckpointKind kind, const ModelConfig& config, const Section& section, int64_t hidden,
                 SizeNotes& notes) {
    constexpr int64_t kChannels = 64;
    const std::string key = "num_attention_heads";
    const auto told = config_integer(config.model, section.key, key, 1, kLargestSize);
    const bool by_default = !told && config.transformers && hidden % section.default_heads == 0;
    const int64_t usual = std::max<int64_t>(1, hidden / kChannels);
    const int64_t heads = told.value_or(by_default ? section.default_heads : usual);
    ToldSetting note{std::string(section.word) + " heads", std::to_string(heads), "assumed", !told && !by_default};
    if (told) note.source = config.source_of(section.key, key);
    if (by_default) note.source = "transformers' default, since config.json is silent";
    if (note.assumed && hidden % kChannels != 0)
        note.source = "assumed, and a guess for a width of " + std::to_string(hidden);
    notes.told.push_back(std::move(note));
    if (const auto odd = odd_heads(kind, section, heads, hidden); !odd.empty()) notes.warnings.push_back(odd);
    if (hidden % heads != 0) {
        throw Error(ErrorCode::damaged,
                    std::string(section.key) + " has " + std::to_string(heads) + " attention heads for a width of " +
                        std::to_string(hidden) + ", which they do not divide",
                    "Put the config.json that belongs to the weights beside them.");
    }
    return heads;
}

std::string activation_of(bool clip, const ModelConfig& config, SizeNotes& notes) {
    const std::string usual = clip ? "quick_gelu" : "gelu";
    const auto text = config_text(config.model, "text_config", "hidden_act"),
               vision = config_text(config.model, "vision_config", "hidden_act");
    const std::string found = text.value_or(usual), other = vision.value_or(usual);
    if (found != other || (found != "gelu" && (!clip || found != "quick_gelu"))) {
        throw Error(ErrorCode::unsupported, "config.json says hidden_act = " + found + " (text) and " + other +
                                                " (image), which is not supported");
    }
    ToldSetting note{"activation", found, "assumed"};
    if (text || vision) {
        note.source = config.source_of(text ? "text_config" : "vision_config", "hidden_act");
    } else if (!clip) {
        note.source = "every BLIP's";
    } else if (config.transformers) {
        note.source = "transformers' default, since config.json is silent";
    } else {
        note.assumed = true;
    }
    notes.told.push_back(std::move(note));
    return found;
}

double epsilon_of(const ModelConfig& config, const Section& section, double usual, SizeNotes& notes) {
    const auto told = config_number(config.model, section.key, "layer_norm_eps");
    std::ostringstream value;
    value << told.value_or(usual);
    notes.told.push_back({std::string(section.word) + " layer norm epsilon", value.str(),
                          told ? config.source_of(section.key, "layer_norm_eps") : "that of the published models"});
    return told.value_or(usual);
}

void read_tokens(TextSizes& text, const json& config, bool clip) {
    constexpr int64_t kMost = 1'000'000'000;
    const auto id = [&](const char* key) { return config_integer(config, "text_config", key, 0, kMost); };
    if (!clip) {
        text.bos = id("bos_token_id").value_or(text.bos);
        text.eos = id("sep_token_id").value_or(text.eos);
        text.pad = id("pad_token_id").value_or(text.pad);
        return;
    }
    // Old CLIP configurations give 0, 2 and 1 whatever the vocabulary, whose last two tokens are start and end.
    constexpr int64_t kOldEnd = 2;
    const int64_t last = text.vocabulary - 1;
    const bool old = id("eos_token_id").value_or(kOldEnd) == kOldEnd;
    text.eos = old ? last : *id("eos_token_id");
    text.bos = old ? last - 1 : id("bos_token_id").value_or(last - 1);
    text.pad = text.eos;
}

}  // namespace

const char* to_string(CheckpointKind kind) {
    switch (kind) {
        case CheckpointKind::blip_captioner:
            return "blip_captioner";
        case CheckpointKind::blip_authors:
            return "blip_authors";
        case CheckpointKind::gar:
            return "gar";
        case CheckpointKind::blip_retrieval:
            return "blip_retrieval";
        case CheckpointKind::blip_pretrained:
            return "blip_pretrained";
        case CheckpointKind::clip:
            return "clip";
        case CheckpointKind::unknown:
            break;
    }
    return "unknown";
}

ModelSizes model_sizes(CheckpointKind kind, const Shapes& tensors, const ModelConfig& config, bool authors,
                       SizeNotes& notes) {
    constexpr double kAuthorsEpsilon = 1e-6;  // as the authors build their ViT
    constexpr double kClipEpsilon = 1e-5;
    constexpr Section kVision{"vision_config", "vision", 12}, kText{"text_config", "text", 8};
    const bool clip = kind == CheckpointKind::clip;
    ModelSizes sizes;
    for (const auto& field : fields_of(kind, sizes, tensors)) apply(field, config.model, notes.disagreements);
    sizes.vision.heads = heads_of(kind, config, kVision, sizes.vision.hidden, notes);
    sizes.text.heads = heads_of(kind, config, kText, sizes.text.hidden, notes);
    sizes.activation = activation_of(clip, config, notes);
    sizes.vision.layer_norm_eps =
        epsilon_of(config, kVision, authors ? kAuthorsEpsilon : sizes.vision.layer_norm_eps, notes);
    sizes.text.layer_norm_eps = epsilon_of(config, kText, clip ? kClipEpsilon : sizes.text.layer_norm_eps, notes);
    read_tokens(sizes.text, config.model, clip);
    sizes.pixels = pixel_scale(config, notes);
    return sizes;
}

std::string assumptions(const std::vector<ToldSetting>& told) {
    std::string names;
    for (const auto& setting : told) {
        if (!setting.assumed) continue;
        names += (names.empty() ? "" : ", ") + setting.name + " (" + setting.value +
                 (setting.source == "assumed" ? "" : ", " + setting.source) + ")";
    }
    return names.empty() ? names : "Assumed, since no file beside the weights tells: " + names;
}

}  // namespace rest::checkpoint
