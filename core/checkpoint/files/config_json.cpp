// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/files/config_json.h"

#include <cmath>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/json_text.h"

namespace rest::checkpoint {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::string full_key(const std::string& section, const std::string& key) {
    return section.empty() ? key : section + "." + key;
}

/// Null when absent.
json lookup(const json& config, const std::string& section, const std::string& key) {
    if (!config.is_object()) return nullptr;
    if (section.empty()) return config.value(key, json());
    const auto part = config.find(section);
    return part != config.end() && part->is_object() ? part->value(key, json()) : json();
}

[[noreturn]] void bad_value(const std::string& key, const json& value, const std::string& wanted) {
    const std::string file = key.find("_cfg.") == std::string::npos ? "config.json" : "open_clip_config.json";
    throw Error(ErrorCode::damaged, file + " says " + key + " = " + value.dump().substr(0, 80) + ", " + wanted,
                "Download " + file + " again; it belongs beside the weights.");
}

json blip_config(const ModelSizes& sizes, bool adapters, bool retrieval) {
    const TextSizes& t = sizes.text;
    const VisionSizes& v = sizes.vision;
    json config{{"model_type", "blip"},
                {"architectures", {retrieval ? "BlipForImageTextRetrieval" : "BlipForConditionalGeneration"}},
                {"tie_word_embeddings", true}};
    if (retrieval) config["image_text_hidden_size"] = sizes.projection;
    if (adapters) config["temporal_adapter"] = true;
    config["text_config"] = {{"model_type", "blip_text_model"},
                             {"hidden_act", "gelu"},
                             {"hidden_size", t.hidden},
                             {"encoder_hidden_size", t.encoder_hidden},
                             {"intermediate_size", t.mlp},
                             {"num_hidden_layers", t.layers},
                             {"num_attention_heads", t.heads},
                             {"vocab_size", t.vocabulary},
                             {"max_position_embeddings", t.positions},
                             {"layer_norm_eps", t.layer_norm_eps},
                             {"bos_token_id", t.bos},
                             {"sep_token_id", t.eos},
                             {"pad_token_id", t.pad},
                             {"is_decoder", true},
                             {"tie_word_embeddings", true}};
    config["vision_config"] = {{"model_type", "blip_vision_model"},
                               {"hidden_act", "gelu"},
                               {"hidden_size", v.hidden},
                               {"intermediate_size", v.mlp},
                               {"num_hidden_layers", v.layers},
                               {"num_attention_heads", v.heads},
                               {"image_size", v.image},
                               {"patch_size", v.patch},
                               {"layer_norm_eps", v.layer_norm_eps}};
    return config;
}

json clip_config(const ModelSizes& sizes) {
    const TextSizes& t = sizes.text;
    const VisionSizes& v = sizes.vision;
    json config{{"model_type", "clip"}, {"architectures", {"CLIPModel"}}, {"projection_dim", sizes.projection}};
    config["text_config"] = {{"model_type", "clip_text_model"},
                             {"hidden_act", sizes.activation},
                             {"hidden_size", t.hidden},
                             {"intermediate_size", t.mlp},
                             {"num_hidden_layers", t.layers},
                             {"num_attention_heads", t.heads},
                             {"vocab_size", t.vocabulary},
                             {"max_position_embeddings", t.positions},
                             {"layer_norm_eps", t.layer_norm_eps},
                             {"projection_dim", sizes.projection},
                             {"bos_token_id", t.bos},
                             {"eos_token_id", t.eos},
                             {"pad_token_id", t.pad}};
    config["vision_config"] = {{"model_type", "clip_vision_model"},
                               {"hidden_act", sizes.activation},
                               {"hidden_size", v.hidden},
                               {"intermediate_size", v.mlp},
                               {"num_hidden_layers", v.layers},
                               {"num_attention_heads", v.heads},
                               {"image_size", v.image},
                               {"patch_size", v.patch},
                               {"num_channels", 3},
                               {"layer_norm_eps", v.layer_norm_eps},
                               {"projection_dim", sizes.projection}};
    return config;
}

}  // namespace

json read_json_object(const fs::path& path) {
    std::error_code error;
    if (!fs::exists(path, error)) return nullptr;
    constexpr size_t kLargestFile = size_t{1} << 20;
    auto config = parse_json(read_file(path, kLargestFile));
    if (!config || !config->is_object()) {
        throw Error(ErrorCode::damaged,
                    path.string() + " is not a JSON object" + (config ? "" : " (" + config.error() + ")"),
                    "Download it again.");
    }
    return std::move(*config);
}

json read_config(const fs::path& folder) {
    return read_json_object(folder / "config.json");
}

std::optional<int64_t> config_integer(const json& config, const std::string& section, const std::string& key,
                                      int64_t low, int64_t high) {
    const json value = lookup(config, section, key);
    if (value.is_null()) return std::nullopt;
    const bool whole = value.is_number_unsigned() ? value.get<uint64_t>() <= static_cast<uint64_t>(high)
                                                  : value.is_number_integer() && value.get<int64_t>() <= high;
    if (!whole || value.get<int64_t>() < low) {
        bad_value(full_key(section, key), value,
                  "which should be an integer from " + std::to_string(low) + " to " + std::to_string(high));
    }
    return value.get<int64_t>();
}

std::optional<double> config_number(const json& config, const std::string& section, const std::string& key) {
    const json value = lookup(config, section, key);
    if (value.is_null()) return std::nullopt;
    if (!value.is_number() || !std::isfinite(value.get<double>()) || value.get<double>() <= 0) {
        bad_value(full_key(section, key), value, "which should be a positive number");
    }
    return value.get<double>();
}

std::optional<std::string> config_text(const json& config, const std::string& section, const std::string& key) {
    const json value = lookup(config, section, key);
    if (value.is_null()) return std::nullopt;
    if (!value.is_string()) bad_value(full_key(section, key), value, "which should be a string");
    return value.get<std::string>();
}

json make_config(CheckpointKind kind, const ModelSizes& sizes, const json& base) {
    const bool adapters = kind == CheckpointKind::gar;
    json config = base.is_object() ? base : json::object();
    config.erase("temporal_adapter");
    config.merge_patch(kind == CheckpointKind::clip
                           ? clip_config(sizes)
                           : blip_config(sizes, adapters, kind == CheckpointKind::blip_retrieval));
    return config;
}

json make_preprocessor_config(CheckpointKind kind, const ModelSizes& sizes) {
    const int64_t image_size = sizes.vision.image;
    const json square{{"height", image_size}, {"width", image_size}};
    json config{{"do_resize", true},
                {"do_rescale", true},
                {"do_normalize", true},
                {"do_convert_rgb", true},
                {"resample", 3},  // Pillow's bicubic
                {"rescale_factor", 1 / 255.0},
                {"image_mean", sizes.pixels.mean},
                {"image_std", sizes.pixels.deviation}};
    if (kind == CheckpointKind::clip) {
        config["image_processor_type"] = "CLIPImageProcessor";
        config["size"] = {{"shortest_edge", image_size}};
        config["do_center_crop"] = true;
        config["crop_size"] = square;
    } else {
        config["image_processor_type"] = "BlipImageProcessor";
        config["size"] = square;
    }
    return config;
}

}  // namespace rest::checkpoint
