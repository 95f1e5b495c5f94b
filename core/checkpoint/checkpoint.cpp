// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/checkpoint.h"

#include <algorithm>
#include <fstream>

#include "core/base/error.h"
#include "core/checkpoint/files/config_json.h"
#include "core/checkpoint/layouts.h"
#include "core/checkpoint/reading.h"
#include "core/checkpoint/safetensors.h"
#include "core/checkpoint/torch_pickle.h"

namespace rest::checkpoint {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

[[noreturn]] void no_weights_in(const fs::path& folder) {
    std::string found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        const auto extension = entry.path().extension();
        const bool weights =
            extension == ".pth" || extension == ".pt" || extension == ".safetensors" || extension == ".bin";
        if (weights) found += (found.empty() ? "" : ", ") + entry.path().filename().string();
    }
    throw Error(ErrorCode::not_found, "There is neither model.safetensors nor pytorch_model.bin in " + folder.string(),
                found.empty() ? "Give the folder of a Hugging Face checkpoint, or a weight file."
                              : "Give the file itself; the folder holds " + found + ".");
}

fs::path weight_file(const fs::path& path) {
    std::error_code error;
    if (!fs::exists(path, error)) {
        throw Error(ErrorCode::not_found, "There is no file or folder " + path.string(), "Check the path.");
    }
    if (!fs::is_directory(path, error)) return path;
    for (const char* name : {"model.safetensors", "pytorch_model.bin"}) {
        if (fs::exists(path / name, error)) return path / name;
        if (fs::exists(path / (std::string(name) + ".index.json"), error)) {
            throw Error(ErrorCode::unsupported, path.string() + " holds a checkpoint split into several files",
                        "Save it with transformers and a max_shard_size larger than the model.");
        }
    }
    no_weights_in(path);
}

/// By content, whatever the name says.
Weights read_weights(const fs::path& file, Reading reading) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw Error(ErrorCode::io, "Cannot read " + file.string(), "Check that you may read it.");
    std::string head(64, '\0');
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<size_t>(in.gcount()));
    if (head.empty()) throw Error(ErrorCode::damaged, file.string() + " is empty", "Download it anew.");
    if (head.starts_with("version https://git-lfs")) {
        throw Error(ErrorCode::damaged, file.string() + " is a Git LFS pointer, not the weights themselves",
                    "Run `git lfs pull` in its folder, or download the file.");
    }
    if (head.starts_with("<!") || head.starts_with("<html") || head.starts_with("<?xml")) {
        throw Error(ErrorCode::unsupported, file.string() + " is a web page, not a checkpoint",
                    "Download the file itself; some sites ask for a log-in first.");
    }
    // A header's length may begin with the very byte that marks a pickle, so this is asked first.
    if (file.extension() == ".safetensors" || (head.size() > 8 && head[8] == '{'))
        return read_safetensors(file, reading);
    if (head.starts_with("PK") || head[0] == '\x80') return read_torch_file(file, reading);
    throw Error(ErrorCode::unsupported, file.string() + " is neither a safetensors nor a PyTorch file",
                "Give a Hugging Face folder or a .safetensors, .bin, .pth or .pt file.");
}

/// Floating point to float32; tensors that are one already stay as they are, so shared storage stays shared.
void to_float32(Weights& weights) {
    for (auto& [name, tensor] : weights) tensor = tensor.to(torch::kFloat32).contiguous();
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
        if (!expected.contains(name) && !is_tied_name(name)) checkpoint.unexpected.push_back(name);
    }
}

/// Whether config.json beside a single file is about the same model: files of several kinds often share a folder.
bool config_fits(const Checkpoint& checkpoint, const json& config) {
    if (!config.is_object()) return false;
    const bool clip = checkpoint.kind == CheckpointKind::clip;
    if (config.contains("model_type") && config["model_type"] != (clip ? "clip" : "blip")) return false;
    std::vector<std::string> disagreements, ignored;
    try {
        model_sizes(checkpoint.kind, shapes_of(checkpoint.weights), config, false, disagreements, ignored);
    } catch (const Error&) {
        return false;
    }
    // Another resolution is the same model at another input size.
    std::erase_if(disagreements, [](const auto& line) { return line.find("image_size") != std::string::npos; });
    return disagreements.empty();
}

json config_for(const Checkpoint& checkpoint, bool single_file, std::vector<std::string>& warnings) {
    if (!single_file) return read_config(checkpoint.folder);
    json config;
    try {
        config = read_config(checkpoint.folder);
    } catch (const Error&) {
        config = json::array();  // there, and of no use
    }
    if (config.is_null() || config_fits(checkpoint, config)) return config;
    warnings.push_back("config.json beside " + checkpoint.file.filename().string() +
                       " is damaged or belongs to another model, and is not used");
    return nullptr;
}

void settle_sizes(Checkpoint& checkpoint, bool single_file) {
    checkpoint.config = config_for(checkpoint, single_file, checkpoint.warnings);
    const bool authors = checkpoint.layout == authors_layout_words();
    checkpoint.sizes = model_sizes(checkpoint.kind, shapes_of(checkpoint.weights), checkpoint.config, authors,
                                   checkpoint.warnings, checkpoint.warnings);
    const bool wants_adapters = checkpoint.config.is_object() && checkpoint.config.contains("temporal_adapter") &&
                                checkpoint.config["temporal_adapter"] == true;
    // A GAR checkpoint whose adapters got lost must not pass as a captioner.
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

Checkpoint read_checkpoint(const fs::path& folder_or_file) {
    return read_checkpoint(folder_or_file, Reading::all);
}

Checkpoint read_checkpoint(const fs::path& folder_or_file, Reading reading) {
    Checkpoint checkpoint;
    checkpoint.file = weight_file(folder_or_file);
    const bool single_file = checkpoint.file == folder_or_file;
    checkpoint.folder = checkpoint.file.has_parent_path() ? checkpoint.file.parent_path() : fs::path(".");
    auto layout = to_hugging_face(read_weights(checkpoint.file, reading));
    checkpoint.kind = layout.kind;
    checkpoint.layout = layout.words;
    checkpoint.weights = std::move(layout.weights);
    checkpoint.warnings = std::move(layout.warnings);
    if (checkpoint.kind == CheckpointKind::unknown) return checkpoint;

    to_float32(checkpoint.weights);
    if (is_captioner(checkpoint.kind)) tie_caption_head(checkpoint.weights, checkpoint.warnings);
    try {
        settle_sizes(checkpoint, single_file);
    } catch (const Error& e) {
        throw Error(e.code(), checkpoint.file.string() + ": " + e.what(), e.remedy());
    }
    compare_with_expected(checkpoint);
    return checkpoint;
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
