// SPDX-License-Identifier: GPL-3.0-or-later
// open_clip's own description of a model, with its library's defaults where the file gives no value.
#include <algorithm>

#include "core/base/error.h"
#include "core/base/strings.h"
#include "core/checkpoint/files/config_json.h"
#include "core/checkpoint/files/model_config.h"

namespace rest::checkpoint {
namespace {

using nlohmann::json;

constexpr const char* kFile = "open_clip_config.json";

/// Settings that change what is computed, and the values with which it equals OpenAI's CLIP.
struct Fixed {
    const char* section;
    const char* key;
    std::vector<json> usual;
};

const std::vector<Fixed>& fixed_settings() {
    static const std::vector<Fixed> kFixed{{"vision_cfg", "pool_type", {"tok"}},
                                           {"vision_cfg", "attentional_pool", {false}},
                                           {"vision_cfg", "attn_pooler_heads", {8}},
                                           {"vision_cfg", "no_ln_pre", {false}},
                                           {"vision_cfg", "input_patchnorm", {false}},
                                           {"vision_cfg", "global_average_pool", {false}},
                                           {"vision_cfg", "ls_init_value", {}},
                                           {"vision_cfg", "pos_embed_type", {"learnable"}},
                                           {"vision_cfg", "act_kwargs", {}},
                                           {"vision_cfg", "timm_model_name", {}},
                                           {"text_cfg", "pool_type", {"argmax", "eos"}},
                                           {"text_cfg", "no_causal_mask", {false}},
                                           {"text_cfg", "embed_cls", {false}},
                                           {"text_cfg", "ls_init_value", {}},
                                           {"text_cfg", "proj_bias", {false}},
                                           {"text_cfg", "proj_type", {"linear"}},
                                           {"text_cfg", "act_kwargs", {}},
                                           {"text_cfg", "hf_model_name", {}}};
    return kFixed;
}

const json& member(const json& object, const std::string& key) {
    static const json kNull;
    if (!object.is_object()) return kNull;
    const auto found = object.find(key);
    return found == object.end() ? kNull : *found;
}

void refuse_other_models(const json& model) {
    for (const auto& [section, key, usual] : fixed_settings()) {
        const auto& value = member(member(model, section), key);
        if (value.is_null() || std::ranges::find(usual, value) != usual.end()) continue;
        throw Error(ErrorCode::unsupported,
                    std::string(kFile) + " says model_cfg." + section + "." + key + " = " + value.dump().substr(0, 80) +
                        ", which makes another model than OpenAI's CLIP",
                    "Use a CLIP with a plain ViT and text transformer, such as ViT-B-16.");
    }
}

/// Copies values from open_clip's sections to Hugging Face's and notes where each came from.
class Translator {
  public:
    explicit Translator(const json& model) : model_(model) {}

    void tower(const std::string& from, const std::string& to, int64_t heads) {
        constexpr double kMlpRatio = 4;
        put(from, "layers", to, "num_hidden_layers");
        put(from, "width", to, "hidden_size");
        const auto width = config_integer(model_, from, "width", 1, 10'000'000);
        if (width && !member(member(model_, from), "mlp_ratio").is_null())
            set(to, "intermediate_size",
                static_cast<int64_t>(static_cast<double>(*width) *
                                     config_number(model_, from, "mlp_ratio").value_or(kMlpRatio)),
                from + ".mlp_ratio");
        const auto& eps = member(member(member(model_, from), "norm_kwargs"), "eps");
        set(to, "layer_norm_eps", eps.is_null() ? json(1e-5) : eps,
            from + (eps.is_null() ? ": open_clip's default" : ".norm_kwargs.eps"));
        if (heads > 0) set(to, "num_attention_heads", heads, from + ".heads");
    }

    void vision() {
        constexpr int64_t kHeadWidth = 64;
        tower("vision_cfg", "vision_config", 0);
        put("vision_cfg", "patch_size", "vision_config", "patch_size");
        const auto& image = member(member(model_, "vision_cfg"), "image_size");
        if (!image.is_null())
            set("vision_config", "image_size", image.is_array() && !image.empty() ? image[0] : image,
                "vision_cfg.image_size");
        const auto told = config_integer(model_, "vision_cfg", "head_width", 1, 10'000'000);
        const auto width = config_integer(model_, "vision_cfg", "width", 1, 10'000'000);
        if (width)
            set("vision_config", "num_attention_heads", std::max<int64_t>(1, *width / told.value_or(kHeadWidth)),
                told ? "vision_cfg.head_width" : "vision_cfg.width, heads 64 wide as open_clip has them by default");
    }

    void text() {
        constexpr int64_t kHeads = 8;
        const auto told = config_integer(model_, "text_cfg", "heads", 1, 10'000'000);
        tower("text_cfg", "text_config", told.value_or(0));
        if (!told && model_.contains("text_cfg"))
            set("text_config", "num_attention_heads", kHeads, "text_cfg: open_clip's default");
        put("text_cfg", "context_length", "text_config", "max_position_embeddings");
        put("text_cfg", "vocab_size", "text_config", "vocab_size");
    }

    void activation(const std::string& name) {
        const auto& told = member(model_, "quick_gelu");
        const bool named = told.is_null() && ascii_lower(name).find("quickgelu") != std::string::npos;
        const bool quick = told.is_boolean() ? told.get<bool>() : named;
        std::string source = "quick_gelu";
        if (named) source = "the name " + name;
        if (told.is_null() && !named) source = "open_clip's default without quick_gelu";
        for (const char* section : {"vision_config", "text_config"})
            set(section, "hidden_act", quick ? "quick_gelu" : "gelu", source);
    }

    ModelConfig take() {
        if (const auto& dimension = member(model_, "embed_dim"); !dimension.is_null()) {
            out_.model["projection_dim"] = dimension;
            out_.sources["projection_dim"] = std::string(kFile) + ": model_cfg.embed_dim";
        }
        out_.model["model_type"] = "clip";
        return std::move(out_);
    }

  private:
    void set(const std::string& section, const std::string& key, json value, const std::string& from) {
        out_.model[section][key] = std::move(value);
        out_.sources[section + "." + key] =
            std::string(kFile) + ": " +
            (from.starts_with("the ") || from.starts_with("open_clip's") ? "" : "model_cfg.") + from;
    }

    void put(const std::string& from, const char* key, const std::string& to, const char* as) {
        const auto& value = member(member(model_, from), key);
        if (!value.is_null()) set(to, as, value, from + "." + key);
    }

    const json& model_;
    ModelConfig out_;
};

json preprocessor_of(const json& preprocess) {
    json out = json::object();
    const auto copy = [&](const char* from, const char* to) {
        if (const auto& value = member(preprocess, from); !value.is_null()) out[to] = value;
    };
    copy("mean", "image_mean");
    copy("std", "image_std");
    copy("size", "size");
    copy("interpolation", "resample");
    copy("resize_mode", "resize_mode");
    out["image_processor_type"] = "CLIPImageProcessor";  // whose default mean and deviation open_clip uses
    return out;
}

}  // namespace

ModelConfig from_open_clip(const json& config, const std::string& model_name) {
    // Training scripts save only the model's part.
    const json& model = config.contains("model_cfg") ? member(config, "model_cfg") : config;
    if (!model.is_object() || !(model.contains("vision_cfg") || model.contains("text_cfg"))) return {};
    refuse_other_models(model);
    Translator translator(model);
    translator.vision();
    translator.text();
    translator.activation(model_name);
    auto out = translator.take();
    out.preprocessor = preprocessor_of(member(config, "preprocess_cfg"));
    out.preprocessor_file = kFile;
    return out;
}

}  // namespace rest::checkpoint
