// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/layouts.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "core/base/error.h"
#include "core/checkpoint/files/wrappers.h"

namespace rest::checkpoint {
namespace {

using Rename = std::pair<std::string_view, std::string_view>;

bool any_begins(const Weights& weights, const std::string& prefix) {
    const auto at = weights.lower_bound(prefix);
    return at != weights.end() && at->first.starts_with(prefix);
}

bool any_contains(const Weights& weights, std::string_view part) {
    return std::any_of(weights.begin(), weights.end(),
                       [&](const auto& entry) { return entry.first.find(part) != std::string::npos; });
}

std::string quoted(const std::string& prefix) {
    return prefix.empty() ? "the names without a prefix" : "\"" + prefix.substr(0, prefix.size() - 1) + "\"";
}

void tell_of_others(const FoundModel& model, std::vector<std::string>& warnings) {
    if (model.others.empty()) return;
    std::string names;
    for (const auto& prefix : model.others) names += ", " + quoted(prefix);
    warnings.push_back("The file holds " + std::to_string(1 + model.others.size()) +
                       " models: " + quoted(model.prefix) + names + ". " + quoted(model.prefix) +
                       " is taken; save another one alone to use it");
}

/// Throws if a value that the model needs is opaque.
void refuse_opaque(const FoundModel& model, const std::map<std::string, std::string>& opaque) {
    for (auto at = opaque.lower_bound(model.prefix); at != opaque.end() && at->first.starts_with(model.prefix); ++at) {
        const auto name = without_inner_wrappers(std::string_view(at->first).substr(model.prefix.size()));
        if (!is_tower_name(name) || name.ends_with("_extra_state")) continue;
        throw Error(
            ErrorCode::unsupported,
            "the tensor " + name + " is what " + at->second + " makes, which REST Studio does not run",
            "Load the model in Python, turn quantised tensors and NumPy arrays into plain float tensors, and save "
            "its state_dict() with torch.save or safetensors.");
    }
}

void refuse_unmerged(const std::string& name) {
    if (name.find("lora_") == std::string::npos) return;
    throw Error(ErrorCode::unsupported,
                "the tensor " + name + " is an adapter (LoRA) that is not merged into the model",
                "Merge it in Python (model.merge_and_unload()) and save the model anew.");
}

/// Training scripts save {"model": state_dict, "optimizer": ...} and the name prefixes of parallel and compiled
/// modules.
void take_off_wrappers(Weights& weights, const std::map<std::string, std::string>& opaque,
                       std::vector<std::string>& warnings) {
    std::vector<std::string> names;
    for (const auto& [name, tensor] : weights) names.push_back(name);
    for (const auto& [name, made_by] : opaque) names.push_back(name);
    const auto model = find_model(names);
    if (!model.found) return;
    tell_of_others(model, warnings);
    refuse_opaque(model, opaque);
    Weights inner;
    for (auto at = weights.lower_bound(model.prefix); at != weights.end() && at->first.starts_with(model.prefix);
         ++at) {
        const bool of_another =
            model.prefix.empty() && std::any_of(model.others.begin(), model.others.end(),
                                                [&](const auto& p) { return at->first.starts_with(p); });
        if (of_another) continue;
        auto name = without_inner_wrappers(std::string_view(at->first).substr(model.prefix.size()));
        refuse_unmerged(name);
        inner.emplace(std::move(name), at->second);
    }
    weights = std::move(inner);
}

bool is_buffer(std::string_view name) {
    return name.ends_with("position_ids") || name.ends_with("attn_mask");
}

bool is_momentum(std::string_view name) {
    return name.find("_m.") != std::string_view::npos || name.find("queue") != std::string_view::npos ||
           name.starts_with("ptr") || name == "temp";
}

std::string renamed(std::string name, std::initializer_list<Rename> renames) {
    for (const auto& [old, fresh] : renames) {
        if (const auto at = name.find(old); at != std::string::npos) name.replace(at, old.size(), fresh);
    }
    return name;
}

std::string from_authors(const std::string& name) {
    if (!name.starts_with("visual_encoder.")) return name;
    return renamed(name, {{"visual_encoder.blocks.", "vision_model.encoder.layers."},
                          {"visual_encoder.norm.", "vision_model.post_layernorm."},
                          {"visual_encoder.patch_embed.proj.", "vision_model.embeddings.patch_embedding."},
                          {"visual_encoder.pos_embed", "vision_model.embeddings.position_embedding"},
                          {"visual_encoder.cls_token", "vision_model.embeddings.class_embedding"},
                          {".attn.proj.", ".self_attn.projection."},
                          {".attn.", ".self_attn."},
                          {".norm1.", ".layer_norm1."},
                          {".norm2.", ".layer_norm2."}});
}

std::string from_openai(const std::string& name) {
    std::string text = name;
    // open_clip's models with separate towers put the text tower's names under "text.".
    if (text.starts_with("text.")) text.erase(0, 5);
    if (text.starts_with("transformer.resblocks.")) text.replace(0, 22, "text_model.encoder.layers.");
    text = renamed(text, {{"visual.transformer.resblocks.", "vision_model.encoder.layers."},
                          {"visual.class_embedding", "vision_model.embeddings.class_embedding"},
                          {"visual.conv1.", "vision_model.embeddings.patch_embedding."},
                          {"visual.positional_embedding", "vision_model.embeddings.position_embedding.weight"},
                          {"visual.ln_pre.", "vision_model.pre_layrnorm."},
                          {"visual.ln_post.", "vision_model.post_layernorm."},
                          {".ln_1.", ".layer_norm1."},
                          {".ln_2.", ".layer_norm2."},
                          {".attn.", ".self_attn."},
                          {".mlp.c_fc.", ".mlp.fc1."},
                          {".mlp.c_proj.", ".mlp.fc2."}});
    if (text == "visual.proj") return "visual_projection.weight";
    if (text == "text_projection") return "text_projection.weight";
    if (text == "positional_embedding") return "text_model.embeddings.position_embedding.weight";
    if (text == "token_embedding.weight") return "text_model.embeddings.token_embedding.weight";
    if (text.starts_with("ln_final.")) return "text_model.final_layer_norm." + text.substr(9);
    return text;
}

/// OpenAI stores query, key and value in one matrix, and projections transposed.
void add_openai_tensor(Weights& weights, const std::string& name, const torch::Tensor& tensor) {
    const auto fused = name.find("in_proj_");
    if (fused != std::string::npos && tensor.dim() > 0 && tensor.size(0) % 3 == 0) {
        const auto parts = tensor.chunk(3, 0);
        constexpr std::array kNames{"q_proj.", "k_proj.", "v_proj."};
        for (size_t i = 0; i < kNames.size() && i < parts.size(); ++i) {
            weights[name.substr(0, fused) + kNames[i] + name.substr(fused + 8)] = parts[i];
        }
        return;
    }
    const bool projection = name == "visual_projection.weight" || name == "text_projection.weight";
    weights[name] = projection && tensor.dim() == 2 ? tensor.t().contiguous() : tensor;
}

/// For the error message: what a file that is neither BLIP nor CLIP looks like.
std::string guess(const Weights& weights) {
    if (any_begins(weights, "qformer.") || any_begins(weights, "Qformer.")) return "BLIP-2, a different model";
    if (any_begins(weights, "visual.layer1.")) return "CLIP with a ResNet; REST Studio reads those with a ViT";
    if (any_contains(weights, "text_model.embeddings.word_embeddings"))
        return "a BlipModel, which cannot write captions";
    if (any_begins(weights, "bert.") || any_begins(weights, "encoder.layer.")) return "a BERT language model";
    if (any_begins(weights, "vision_model.")) return "an image model without its text side";
    if (any_begins(weights, "blocks.") || any_begins(weights, "cls_token")) return "a plain vision transformer";
    return "a state dict of an unknown model";
}

CheckpointKind blip_kind(const Weights& weights, bool authors) {
    const bool decoder = any_begins(weights, "text_decoder."), encoder = any_begins(weights, "text_encoder.");
    const bool momentum = any_contains(weights, "_m.") || any_contains(weights, "_queue");
    if (decoder && (encoder || momentum)) return CheckpointKind::blip_pretrained;
    if (any_begins(weights, "temporal_adapter.")) return CheckpointKind::gar;
    if (encoder) return CheckpointKind::blip_retrieval;
    return authors ? CheckpointKind::blip_authors : CheckpointKind::blip_captioner;
}

void explain_pretrained(CheckpointLayout& layout, bool question_answering) {
    constexpr auto kQuestions =
        "This checkpoint has a text encoder beside its decoder: it was trained to answer questions and is not a "
        "captioner. Use model_base_caption_capfilt_large.pth or Salesforce/blip-image-captioning-base.";
    constexpr auto kPretraining =
        "This is a pre-training checkpoint such as model_base_capfilt_large.pth, which is not a captioner and "
        "babbles. Use model_base_caption_capfilt_large.pth.";
    layout.warnings.emplace_back(question_answering ? kQuestions : kPretraining);
    std::erase_if(layout.weights, [](const auto& entry) {
        const auto& name = entry.first;
        return !name.starts_with("vision_model.") && !name.starts_with("text_decoder.");
    });
}

CheckpointLayout blip_layout(Weights raw, bool authors) {
    CheckpointLayout layout;
    layout.kind = blip_kind(raw, authors);
    layout.words = authors ? authors_layout_words() : "Hugging Face names";
    const bool projections = any_begins(raw, "vision_proj") || any_begins(raw, "text_proj");
    for (auto& [name, tensor] : raw) {
        if (authors && is_momentum(name)) continue;
        layout.weights.emplace(authors ? from_authors(name) : name, std::move(tensor));
    }
    if (layout.kind == CheckpointKind::blip_pretrained) explain_pretrained(layout, !projections);
    return layout;
}

CheckpointLayout recognised(Weights raw) {
    const bool blip2 = any_begins(raw, "Qformer.") || any_begins(raw, "qformer.");
    if (any_begins(raw, "visual_encoder.") && !blip2) return blip_layout(std::move(raw), true);
    const bool blip_vision = any_begins(raw, "vision_model.") && any_contains(raw, ".self_attn.qkv.");
    const bool bert_side = any_begins(raw, "text_model.embeddings.word_embeddings") || any_begins(raw, "qformer.");
    if (any_begins(raw, "text_decoder.") || ((blip_vision || any_begins(raw, "text_encoder.")) && !bert_side)) {
        return blip_layout(std::move(raw), false);
    }
    if (any_begins(raw, "text_model.") && !bert_side) {
        return {CheckpointKind::clip, "Hugging Face names", std::move(raw), {}};
    }
    if (any_begins(raw, "visual.conv1.") && any_begins(raw, "visual.transformer.resblocks.")) {
        CheckpointLayout layout{CheckpointKind::clip, "OpenAI's CLIP names", {}, {}};
        for (const auto& [name, tensor] : raw) add_openai_tensor(layout.weights, from_openai(name), tensor);
        return layout;
    }
    const std::string words = guess(raw);
    return {CheckpointKind::unknown, words, std::move(raw), {"This is neither BLIP nor CLIP but seems to be " + words}};
}

}  // namespace

const char* authors_layout_words() {
    return "the BLIP authors' names";
}

CheckpointLayout to_hugging_face(Weights raw, const std::map<std::string, std::string>& opaque) {
    std::vector<std::string> warnings;
    take_off_wrappers(raw, opaque, warnings);
    std::erase_if(raw, [](const auto& entry) { return is_buffer(entry.first); });
    auto layout = recognised(std::move(raw));
    layout.warnings.insert(layout.warnings.begin(), warnings.begin(), warnings.end());
    return layout;
}

void tie_caption_head(Weights& weights, std::vector<std::string>& warnings) {
    const std::string head = "text_decoder.cls.predictions.";
    const std::array<std::pair<std::string, std::string>, 2> ties{
        {{"text_decoder.bert.embeddings.word_embeddings.weight", head + "decoder.weight"},
         {head + "bias", head + "decoder.bias"}}};
    for (const auto& [kept, other] : ties) {
        const auto a = weights.find(kept), b = weights.find(other);
        if (a != weights.end() && b != weights.end() && !a->second.is_meta() && !torch::equal(a->second, b->second)) {
            warnings.push_back(kept + " and " + other + " should be one tensor and differ; the first is used");
        }
        if (a != weights.end()) {
            weights[other] = a->second;
        } else if (b != weights.end()) {
            weights[kept] = b->second;
        }
    }
}

}  // namespace rest::checkpoint
