// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/inference/model_files.h"

#include <fstream>

#include "core/base/paths.h"
#include "core/engine/inference/check_models.h"
#include "core/engine/inference/model_parts.h"
#include "core/model/clip_texts.h"
#include "core/training/autocast.h"

namespace rest::engine {
namespace {

namespace fs = std::filesystem;

/// Identifies a weight file for cached features: its place, size and time.
std::string file_key(const fs::path& file) {
    std::error_code error;
    const auto size = fs::file_size(file, error);
    const auto time = fs::last_write_time(file, error).time_since_epoch().count();
    return fs::absolute(file).string() + "|" + std::to_string(size) + "|" + std::to_string(time);
}

struct CaptionerParts {
    checkpoint::Checkpoint checkpoint;
    text::WordPiece tokenizer;
};

CaptionerParts read_captioner(const fs::path& path) {
    auto checkpoint = checkpoint::read_checkpoint(path);
    checkpoint::require_complete(checkpoint, checkpoint::CheckpointKind::blip_captioner);
    auto tokenizer = text::WordPiece::load(checkpoint.folder);
    require_embeddings(tokenizer.size(), checkpoint.sizes.text.vocabulary, checkpoint.folder);
    return {std::move(checkpoint), std::move(tokenizer)};
}

struct ClipParts {
    checkpoint::Checkpoint checkpoint;
    text::ClipBpe tokenizer;
};

ClipParts read_clip(const fs::path& path) {
    auto checkpoint = checkpoint::read_checkpoint(path);
    checkpoint::require_complete(checkpoint, checkpoint::CheckpointKind::clip);
    auto tokenizer = text::ClipBpe::load(checkpoint.folder);
    require_embeddings(tokenizer.size(), checkpoint.sizes.text.vocabulary, checkpoint.folder);
    return {std::move(checkpoint), std::move(tokenizer)};
}

}  // namespace

void require_embeddings(int64_t tokens, int64_t embeddings, const fs::path& folder) {
    if (tokens <= embeddings) return;
    throw Error(ErrorCode::damaged,
                "The vocabulary in " + folder.string() + " has " + std::to_string(tokens) + " tokens and the model " +
                    std::to_string(embeddings) + " embeddings",
                "Put the vocabulary that belongs to the model beside it.");
}

void check_models(const store::ProjectModels& models) {
    read_captioner(captioner_folder(models));
    read_clip(clip_folder(models));
}

fs::path captioner_folder(const store::ProjectModels& models) {
    return models.captioner.empty() ? resources_dir() / "demo" / "blip" : fs::path(models.captioner);
}

fs::path clip_folder(const store::ProjectModels& models) {
    return models.clip.empty() ? resources_dir() / "demo" / "clip" : fs::path(models.clip);
}

fs::path starting_captioner(const store::ProjectModels& models, const SupervisionSettings& settings) {
    return settings.start_from.empty() ? captioner_folder(models) : fs::path(settings.start_from);
}

bool has_temporal_adapter(const fs::path& captioner) {
    std::ifstream file(captioner / "config.json");
    const auto config = nlohmann::json::parse(file, nullptr, false);
    return config.is_object() && config.contains("temporal_adapter") && config["temporal_adapter"] == true;
}

Captioner load_captioner(const fs::path& path, const ClipSettings& clips, int64_t adapter_seed,
                         const Machine& machine) {
    auto [checkpoint, tokenizer] = read_captioner(path);
    return captioner_of(std::move(checkpoint), std::move(tokenizer), clips, adapter_seed, machine);
}

Captioner captioner_of(checkpoint::Checkpoint checkpoint, text::WordPiece tokenizer, const ClipSettings& clips,
                       int64_t adapter_seed, const Machine& machine) {
    const auto folder = checkpoint.folder;
    checkpoint.sizes.text.bos = tokenizer.bos();
    checkpoint.sizes.text.eos = tokenizer.sep();
    checkpoint.sizes.text.pad = tokenizer.pad();
    checkpoint::Checkpoint source = checkpoint;
    source.weights.clear();
    auto model =
        model::GarModel::from_checkpoint(std::move(checkpoint), {.temporal_adapter = clips.temporal_adapter,
                                                                 .image_size = clips.image_size,
                                                                 .adapter_seed = static_cast<uint64_t>(adapter_seed),
                                                                 .device = machine.device,
                                                                 .bf16 = machine.bf16});
    return {std::move(source), std::move(model), std::move(tokenizer), folder};
}

ClipNetwork load_clip(const fs::path& path, int64_t image_size, const Machine& machine) {
    auto [checkpoint, tokenizer] = read_clip(path);
    const auto key = file_key(checkpoint.file) + machine.key_suffix();
    auto model = model::ClipModel::from_checkpoint(checkpoint, image_size, machine.device);
    return {std::move(model), std::move(tokenizer), key};
}

torch::Tensor encode_texts(const ClipNetwork& clip, const std::vector<std::string>& texts, const Machine& machine,
                           Task& task) {
    const training::AutocastGuard autocast(machine.bf16);
    const auto longest = static_cast<int>(clip.model.text_position_embedding.size(0));
    std::vector<std::vector<int64_t>> ids;
    for (const auto& text : texts) ids.push_back(clip.tokenizer.encode(text, longest));
    return model::clip_text_features(clip.model, ids, machine.device, task);
}

}  // namespace rest::engine
