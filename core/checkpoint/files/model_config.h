// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace rest::checkpoint {

/// What the files beside a checkpoint's weights say of the model, in Hugging Face's keys whoever wrote them.
struct ModelConfig {
    nlohmann::json model;         // config.json's keys, null if no file gives any
    nlohmann::json preprocessor;  // preprocessor_config.json's keys, null if no file gives any
    std::string preprocessor_file;
    /// Where a value of `model` came from, "vision_config.num_attention_heads" -> "open_clip_config.json:
    /// model_cfg.vision_cfg.head_width"; values not listed came from config.json.
    std::map<std::string, std::string> sources;
    /// Whether transformers wrote config.json: it omits values that equal its defaults.
    bool transformers = false;
    std::vector<std::string> warnings;

    /// "config.json: vision_config.hidden_act", for a value that exists.
    std::string source_of(const std::string& section, const std::string& key) const;
};

struct ConfigWish {
    bool clip = false;        // a CLIP: open_clip_config.json applies
    std::string weights;      // the file's name, which may contain open_clip's "-quickgelu"
    bool config_json = true;  // false: config.json and the files beside it describe another model
};

/// Reads config.json, open_clip_config.json, preprocessor_config.json and processor_config.json of a folder. If several
/// give a value, config.json takes precedence, and a difference in what tensors cannot determine is a warning. Throws
/// Error (damaged, unsupported) naming the file.
ModelConfig read_model_config(const std::filesystem::path& folder, const ConfigWish& wish);

/// open_clip_config.json in Hugging Face's keys. Throws Error (unsupported), naming the key, for open_clip models that
/// compute something other than OpenAI's CLIP.
ModelConfig from_open_clip(const nlohmann::json& config, const std::string& model_name);

}  // namespace rest::checkpoint
