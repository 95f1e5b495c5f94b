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
    nlohmann::json model;         // config.json's keys, null when nothing tells
    nlohmann::json preprocessor;  // preprocessor_config.json's keys, null when nothing tells
    std::string preprocessor_file;
    /// Where a value of `model` came from, "vision_config.num_attention_heads" -> "open_clip_config.json:
    /// model_cfg.vision_cfg.head_width"; what is not listed came from config.json.
    std::map<std::string, std::string> sources;
    /// Whether config.json is one of transformers', which leaves out what is as transformers has it by default.
    bool transformers = false;
    std::vector<std::string> warnings;

    /// "config.json: vision_config.hidden_act", for a value that is there.
    std::string source_of(const std::string& section, const std::string& key) const;
};

struct ConfigWish {
    bool clip = false;        // open_clip_config.json is about CLIPs
    std::string weights;      // the file's name, in which open_clip's "-quickgelu" may stand
    bool config_json = true;  // false: config.json and what lies beside it are about another model
};

/// Reads config.json, open_clip_config.json, preprocessor_config.json and processor_config.json of a folder. Where
/// several tell, config.json counts, and a difference in what tensors cannot tell is a warning. Throws Error (damaged,
/// unsupported) naming the file.
ModelConfig read_model_config(const std::filesystem::path& folder, const ConfigWish& wish);

/// open_clip_config.json in Hugging Face's keys. Throws Error (unsupported) for models of open_clip that are computed
/// otherwise than OpenAI's CLIP, naming the key.
ModelConfig from_open_clip(const nlohmann::json& config, const std::string& model_name);

}  // namespace rest::checkpoint
