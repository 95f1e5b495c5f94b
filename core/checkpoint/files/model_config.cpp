// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/files/model_config.h"

#include <algorithm>
#include <array>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/base/strings.h"
#include "core/checkpoint/files/config_json.h"

namespace rest::checkpoint {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// Whether a key of a section says something that the tensors do not.
bool is_read(const std::string& key) {
    constexpr std::array kRead{"num_attention_heads", "hidden_act", "layer_norm_eps", "num_hidden_layers"};
    return std::ranges::find(kRead, key) != kRead.end();
}

/// Old CLIP configurations repeat both sections as "text_config_dict" and "vision_config_dict"; where the two differ,
/// transformers uses these.
void unite_old_sections(ModelConfig& config) {
    for (const std::string section : {"text_config", "vision_config"}) {
        const auto old = config.model.find(section + "_dict");
        if (old == config.model.end() || !old->is_object()) continue;
        auto& current = config.model[section];
        if (!current.is_object()) current = json::object();
        for (const auto& [key, value] : old->items()) {
            if (value.is_null()) continue;
            if (is_read(key) && current.contains(key) && !current[key].is_null() && current[key] != value) {
                config.warnings.push_back("config.json says " + section + "." + key + " = " +
                                          current[key].dump().substr(0, 80) + " and " + section + "_dict." + key +
                                          " = " + value.dump().substr(0, 80) +
                                          "; the latter counts, as in transformers");
            }
            current[key] = value;
            config.sources[section + "." + key] = "config.json: " + section + "_dict." + key;
        }
        config.model.erase(section + "_dict");
    }
}

void add_value(ModelConfig& config, const std::string& section, const std::string& key, json& at, const json& value,
               const std::string& source) {
    if (at.is_null()) {
        at = value;
        config.sources[section.empty() ? key : section + "." + key] = source;
        return;
    }
    if (is_read(key) && at != value) {
        config.warnings.push_back("config.json says " + section + "." + key + " = " + at.dump().substr(0, 80) +
                                  " and open_clip_config.json " + value.dump().substr(0, 80) + "; config.json counts");
    }
}

/// Fills gaps of config.json from open_clip_config.json.
void complete(ModelConfig& config, const ModelConfig& open_clip) {
    if (config.model.is_null()) config.model = json::object();
    for (const auto& [name, value] : open_clip.model.items()) {
        if (!value.is_object()) {
            add_value(config, "", name, config.model[name], value, open_clip.source_of("", name));
            continue;
        }
        auto& section = config.model[name];
        if (!section.is_object()) section = json::object();
        for (const auto& [key, inner] : value.items())
            add_value(config, name, key, section[key], inner, open_clip.source_of(name, key));
    }
}

void read_preprocessor(ModelConfig& config, const fs::path& folder) {
    for (const std::string name : {"preprocessor_config.json", "processor_config.json"}) {
        json found = read_json_object(folder / name);
        if (found.is_null()) continue;
        if (found.contains("image_processor") && found["image_processor"].is_object()) {
            json inner = found["image_processor"];
            found = std::move(inner);
        } else if (name == "processor_config.json") {
            continue;  // of a processor whose parts have their own files
        }
        config.preprocessor = std::move(found);
        config.preprocessor_file = name;
        return;
    }
}

std::string folder_name(const fs::path& folder) {
    std::error_code error;
    const auto place = fs::absolute(folder, error).lexically_normal();
    return (place.has_filename() ? place.filename() : place.parent_path().filename()).string();
}

/// open_clip's names for models with OpenAI's activation: "ViT-B-32-quickgelu".
ModelConfig from_name_alone(const std::string& name) {
    ModelConfig out;
    if (ascii_lower(name).find("quickgelu") == std::string::npos) return out;
    for (const char* section : {"vision_config", "text_config"}) {
        out.model[section]["hidden_act"] = "quick_gelu";
        out.sources[section + std::string(".hidden_act")] = "the name " + name;
    }
    return out;
}

}  // namespace

std::string ModelConfig::source_of(const std::string& section, const std::string& key) const {
    const std::string full = section.empty() ? key : section + "." + key;
    const auto found = sources.find(full);
    return found != sources.end() ? found->second : "config.json: " + full;
}

ModelConfig read_model_config(const fs::path& folder, const ConfigWish& wish) {
    ModelConfig config;
    if (wish.config_json) {
        config.model = read_config(folder);
        read_preprocessor(config, folder);
    }
    if (config.model.is_object()) {
        const json type = config.model.value("model_type", json());
        config.transformers = config.model.contains("vision_config") || config.model.contains("text_config") ||
                              type == "clip" || type == "blip";
        unite_old_sections(config);
    }
    if (!wish.clip) return config;
    const std::string name = folder_name(folder) + "/" + wish.weights;
    const json theirs = read_json_object(folder / "open_clip_config.json");
    auto open_clip = theirs.is_null() ? from_name_alone(name) : from_open_clip(theirs, name);
    if (open_clip.model.is_null()) return config;
    if (config.preprocessor.is_null()) {
        config.preprocessor = std::move(open_clip.preprocessor);
        config.preprocessor_file = open_clip.preprocessor_file;
    }
    if (!theirs.is_null() || !config.transformers) complete(config, open_clip);
    return config;
}

}  // namespace rest::checkpoint
