// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/checkpoint.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/checkpoint/files/config_json.h"
#include "core/checkpoint/files/shape_ones.h"
#include "core/checkpoint/files/wrappers.h"
#include "core/checkpoint/layouts.h"
#include "core/checkpoint/weight_files.h"

namespace rest::checkpoint {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// Counters that some trainers keep as buffers of modules.
bool is_counter(const std::string& name) {
    return name.ends_with("num_batches_tracked") || name.ends_with("num_updates") || name.ends_with("step");
}

/// Converts all tensors to float32; those that already are float32 stay unchanged, so shared storage stays shared.
/// Integers among the weights come from a quantised model and mean nothing without their scales.
void to_float32(Weights& weights) {
    for (auto& [name, tensor] : weights) {
        if (is_tower_name(name) && !tensor.is_floating_point() && !is_counter(name)) {
            throw Error(ErrorCode::unsupported,
                        "the tensor " + name + " holds whole numbers (" + torch::toString(tensor.scalar_type()) +
                            "): the model is quantised",
                        "Give the model as it was before, in float32, float16 or bfloat16.");
        }
        tensor = tensor.to(torch::kFloat32).contiguous();
    }
}

bool is_captioner(CheckpointKind kind) {
    return kind == CheckpointKind::blip_captioner || kind == CheckpointKind::blip_authors ||
           kind == CheckpointKind::gar || kind == CheckpointKind::blip_pretrained;
}

std::string shape_text(const std::vector<int64_t>& shape) {
    std::string text = "(";
    for (size_t i = 0; i < shape.size(); ++i) text += (i > 0 ? ", " : "") + std::to_string(shape[i]);
    return text + ")";
}

/// Parts of a BLIP retrieval checkpoint that its embeddings do not need.
bool is_optional(const std::string& name, CheckpointKind kind) {
    return kind == CheckpointKind::blip_retrieval &&
           (name.starts_with("itm_head.") || name.find(".crossattention.") != std::string::npos);
}

Shapes shapes_of(const Weights& weights) {
    Shapes shapes;
    for (const auto& [name, tensor] : weights) shapes.emplace(name, tensor.sizes().vec());
    return shapes;
}

bool is_tied_name(const std::string& name) {
    return name == "text_decoder.cls.predictions.decoder.weight" || name == "text_decoder.cls.predictions.decoder.bias";
}

void compare_with_expected(Checkpoint& checkpoint) {
    const auto expected = expected_tensors(checkpoint.kind, checkpoint.sizes);
    std::string strange;
    int64_t strangers = 0;
    for (const auto& [name, shape] : expected) {
        const auto found = checkpoint.weights.find(name);
        if (found == checkpoint.weights.end()) {
            if (!is_optional(name, checkpoint.kind)) checkpoint.missing.push_back(name);
        } else if (found->second.sizes() != shape) {
            checkpoint.misshapen.push_back(name + " has the shape " + shape_text(found->second.sizes().vec()) + ", " +
                                           shape_text(shape) + " is needed");
        }
    }
    for (const auto& [name, tensor] : checkpoint.weights) {
        if (expected.contains(name) || is_tied_name(name)) continue;
        checkpoint.unexpected.push_back(name);
        if (is_tower_name(name) && strangers++ == 0) strange = name;
    }
    if (strangers == 0) return;
    checkpoint.warnings.push_back("The file holds " + std::to_string(strangers) + " tensors of the model, " + strange +
                                  " for one, that REST Studio's model does not have: it may compute something else "
                                  "than the file's own program does");
}

/// (D) for (1, 1, D), () for (1): programs differ in dimensions of 1, and the values are the same.
void settle_ones(Checkpoint& checkpoint) {
    for (auto& [name, tensor] : checkpoint.weights) {
        const auto shape = tensor.sizes().vec();
        const auto usual = with_usual_ones(checkpoint.kind, name, shape);
        if (usual != shape) tensor = tensor.reshape(usual);
    }
}

/// Whether config.json beside a single file describes the same model: files of several kinds often share a folder.
bool config_fits(const Checkpoint& checkpoint, const ModelConfig& config) {
    const bool clip = checkpoint.kind == CheckpointKind::clip;
    const auto& model = config.model;
    if (!model.is_object()) return true;
    if (model.contains("model_type") && model["model_type"] != (clip ? "clip" : "blip")) return false;
    SizeNotes notes;
    try {
        model_sizes(checkpoint.kind, shapes_of(checkpoint.weights), config, false, notes);
    } catch (const Error&) {
        return false;
    }
    // A different resolution is the same model at another input size.
    std::erase_if(notes.disagreements, [](const auto& line) { return line.find("image_size") != std::string::npos; });
    return notes.disagreements.empty();
}

ModelConfig config_for(const Checkpoint& checkpoint, bool single_file, std::vector<std::string>& warnings) {
    ConfigWish wish{.clip = checkpoint.kind == CheckpointKind::clip, .weights = checkpoint.file.filename().string()};
    if (!single_file) return read_model_config(checkpoint.folder, wish);
    std::string unused;
    // config.json first, then any other config there.
    for (const bool config_json : {true, false}) {
        wish.config_json = config_json;
        try {
            auto config = read_model_config(checkpoint.folder, wish);
            if (config_fits(checkpoint, config)) {
                if (!unused.empty()) warnings.push_back(unused);
                return config;
            }
        } catch (const Error&) {
            // It exists but is unusable.
        }
        unused = "config.json beside " + checkpoint.file.filename().string() +
                 " is damaged or belongs to another model, and is not used";
    }
    warnings.push_back(unused);
    return {};
}

/// transformers has models whose tensors have CLIP's names but that compute something else with them.
void warn_of_other_type(Checkpoint& checkpoint) {
    const std::string usual = checkpoint.kind == CheckpointKind::clip ? "clip" : "blip";
    const auto& config = checkpoint.config;
    if (!config.is_object() || !config.contains("model_type") || config["model_type"] == usual) return;
    checkpoint.warnings.push_back("config.json says model_type = " + config["model_type"].dump().substr(0, 80) +
                                  "; it is computed as a " + usual + ", which may be something else");
}

void settle_sizes(Checkpoint& checkpoint, bool single_file) {
    const auto config = config_for(checkpoint, single_file, checkpoint.warnings);
    const bool authors = checkpoint.layout == authors_layout_words();
    SizeNotes notes;
    checkpoint.sizes = model_sizes(checkpoint.kind, shapes_of(checkpoint.weights), config, authors, notes);
    checkpoint.told = std::move(notes.told);
    for (const auto* lines : {&config.warnings, &std::as_const(notes.disagreements), &std::as_const(notes.warnings)})
        checkpoint.warnings.insert(checkpoint.warnings.end(), lines->begin(), lines->end());
    checkpoint.config = config.model;
    warn_of_other_type(checkpoint);
    const bool wants_adapters = config.model.is_object() && config.model.contains("temporal_adapter") &&
                                config.model["temporal_adapter"] == true;
    // A GAR checkpoint whose adapters are missing must not pass as a captioner.
    if (wants_adapters && is_captioner(checkpoint.kind)) checkpoint.kind = CheckpointKind::gar;
    if (!checkpoint.config.is_object()) checkpoint.config = make_config(checkpoint.kind, checkpoint.sizes, nullptr);
}

std::string first_few(const std::vector<std::string>& names) {
    constexpr size_t kShown = 3;
    std::string text;
    for (size_t i = 0; i < std::min(names.size(), kShown); ++i) text += (i > 0 ? ", " : "") + names[i];
    if (names.size() > kShown) text += " and " + std::to_string(names.size() - kShown) + " more";
    return text;
}

}  // namespace

Checkpoint read_checkpoint(const fs::path& folder_or_file, Reading reading) {
    Checkpoint checkpoint;
    const auto files = find_weight_files(folder_or_file);
    checkpoint.file = files.file;
    checkpoint.pieces = files.pieces;
    checkpoint.folder = checkpoint.file.has_parent_path() ? checkpoint.file.parent_path() : fs::path(".");
    auto raw = read_weights(files, reading);
    try {
        auto layout = to_hugging_face(std::move(raw.weights), raw.opaque);
        checkpoint.kind = layout.kind;
        checkpoint.layout = layout.words;
        checkpoint.weights = std::move(layout.weights);
        checkpoint.warnings = std::move(layout.warnings);
        if (checkpoint.kind == CheckpointKind::unknown) return checkpoint;
        to_float32(checkpoint.weights);
        settle_ones(checkpoint);
        if (is_captioner(checkpoint.kind)) tie_caption_head(checkpoint.weights, checkpoint.warnings);
        settle_sizes(checkpoint, files.one_file_asked_for);
    } catch (const Error& e) {
        throw Error(e.code(), checkpoint.file.string() + ": " + e.what(), e.remedy());
    }
    compare_with_expected(checkpoint);
    return checkpoint;
}

std::vector<std::string> Checkpoint::cautions() const {
    auto lines = warnings;
    if (const auto line = assumptions(told); !line.empty()) lines.push_back(line);
    return lines;
}

void require_complete(const Checkpoint& checkpoint, CheckpointKind wanted) {
    const bool right =
        checkpoint.kind == wanted || (wanted == CheckpointKind::blip_captioner && is_captioner(checkpoint.kind));
    const std::string file = checkpoint.file.string();
    if (!right) {
        throw Error(ErrorCode::unsupported,
                    file + " is a checkpoint of the kind " + to_string(checkpoint.kind) + " (" + checkpoint.layout +
                        "); a " + to_string(wanted) + " is needed",
                    "Ask `rest doctor` which checkpoint it is.");
    }
    if (!checkpoint.missing.empty()) {
        throw Error(ErrorCode::damaged,
                    file + " (" + to_string(checkpoint.kind) + ", " + checkpoint.layout + ") lacks " +
                        std::to_string(checkpoint.missing.size()) + " tensors: " + first_few(checkpoint.missing),
                    "Download it anew, or ask `rest doctor` which checkpoint it is.");
    }
    if (!checkpoint.misshapen.empty()) {
        throw Error(ErrorCode::damaged, file + ": " + first_few(checkpoint.misshapen),
                    "Put the config.json that belongs to the weights beside them.");
    }
}

}  // namespace rest::checkpoint
