// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/inference/model_files.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/base/file_stamp.h"
#include "core/base/paths.h"
#include "core/engine/inference/check_models.h"
#include "core/engine/inference/model_parts.h"
#include "core/models/model_list.h"
#include "core/training/autocast.h"

namespace rest::engine {
namespace {

namespace fs = std::filesystem;

/// Cache key of weights and what is computed with them: the files' paths, sizes and times, and settings from other
/// files that change the results.
std::string key_of(const checkpoint::Checkpoint& checkpoint) {
    std::string key;
    for (const auto& file : checkpoint.pieces) {
        const auto stamp = file_stamp(file).value_or(FileStamp());
        key += fmt::format("{}|{}|{}|", fs::absolute(file).string(), stamp.bytes, stamp.time_ns);
    }
    const auto& s = checkpoint.sizes;
    return key + fmt::format("heads {} {} {} eps {} {} tokens {} {} {} mean {} deviation {}", s.vision.heads,
                             s.text.heads, s.activation, s.vision.layer_norm_eps, s.text.layer_norm_eps, s.text.bos,
                             s.text.eos, s.text.pad, fmt::join(s.pixels.mean, " "), fmt::join(s.pixels.deviation, " "));
}

void require_embeddings(int64_t tokens, int64_t embeddings, const fs::path& folder) {
    if (tokens <= embeddings) return;
    throw Error(ErrorCode::damaged,
                "The vocabulary in " + folder.string() + " has " + std::to_string(tokens) + " tokens and the model " +
                    std::to_string(embeddings) + " embeddings",
                "Put the vocabulary that belongs to the model beside it.");
}

template <class Parts, class Tokenizer>
Parts read_parts(const fs::path& path, checkpoint::CheckpointKind kind, checkpoint::Reading reading) {
    auto checkpoint = checkpoint::read_checkpoint(path, reading);
    checkpoint::require_complete(checkpoint, kind);
    auto tokenizer = Tokenizer::load(checkpoint.folder);
    require_embeddings(tokenizer.size(), checkpoint.sizes.text.vocabulary, checkpoint.folder);
    return {std::move(checkpoint), std::move(tokenizer)};
}

}  // namespace

CaptionerParts read_captioner(const fs::path& path, checkpoint::Reading reading) {
    return read_parts<CaptionerParts, text::WordPiece>(path, checkpoint::CheckpointKind::blip_captioner, reading);
}

ClipParts read_clip(const fs::path& path, checkpoint::Reading reading) {
    return read_parts<ClipParts, text::ClipBpe>(path, checkpoint::CheckpointKind::clip, reading);
}

std::vector<std::string> check_models(const store::ProjectModels& models) {
    auto lines = cautions_of(read_captioner(captioner_folder(models)).checkpoint);
    for (auto& line : cautions_of(read_clip(clip_folder(models)).checkpoint)) lines.push_back(std::move(line));
    return lines;
}

std::vector<std::string> cautions_of(const checkpoint::Checkpoint& checkpoint) {
    std::vector<std::string> lines;
    for (const auto& line : checkpoint.cautions()) lines.push_back(checkpoint.file.string() + ": " + line);
    return lines;
}

fs::path captioner_folder(const store::ProjectModels& models) {
    return models.captioner.empty() ? resources_dir() / "demo" / "blip" : rest::models::model_folder(models.captioner);
}

fs::path clip_folder(const store::ProjectModels& models) {
    return models.clip.empty() ? resources_dir() / "demo" / "clip" : rest::models::model_folder(models.clip);
}

fs::path starting_captioner(const store::ProjectModels& models, const SupervisionSettings& settings) {
    return settings.start_from.empty() ? captioner_folder(models) : rest::models::model_folder(settings.start_from);
}

std::vector<std::string> cautions_of(const checkpoint::Checkpoint& captioner, const ClipNetwork& clip) {
    auto lines = cautions_of(captioner);
    lines.insert(lines.end(), clip.cautions.begin(), clip.cautions.end());
    return lines;
}

bool has_temporal_adapter(const fs::path& captioner) {
    std::error_code error;
    if (!fs::exists(captioner, error)) return false;
    return checkpoint::read_checkpoint(captioner, checkpoint::Reading::shapes).kind == checkpoint::CheckpointKind::gar;
}

Captioner load_captioner(const fs::path& path, const ClipSettings& clips, std::optional<int64_t> adapter_seed,
                         const Machine& machine) {
    auto [checkpoint, tokenizer] = read_captioner(path);
    return captioner_of(std::move(checkpoint), std::move(tokenizer), clips, adapter_seed, machine);
}

Captioner captioner_of(checkpoint::Checkpoint checkpoint, text::WordPiece tokenizer, const ClipSettings& clips,
                       std::optional<int64_t> adapter_seed, const Machine& machine) {
    const auto folder = checkpoint.folder;
    checkpoint.sizes.text.bos = tokenizer.bos();
    checkpoint.sizes.text.eos = tokenizer.sep();
    checkpoint.sizes.text.pad = tokenizer.pad();
    checkpoint::Checkpoint source = checkpoint;
    source.weights.clear();
    auto model = model::GarModel::from_checkpoint(std::move(checkpoint),
                                                  {.temporal_adapter = clips.temporal_adapter,
                                                   .add_adapters = adapter_seed.has_value(),
                                                   .image_size = clips.image_size,
                                                   .adapter_seed = static_cast<uint64_t>(adapter_seed.value_or(0)),
                                                   .device = machine.device,
                                                   .bf16 = machine.bf16});
    return {std::move(source), std::move(model), std::move(tokenizer), folder};
}

ClipNetwork load_clip(const fs::path& path, int64_t image_size, const Machine& machine) {
    auto [checkpoint, tokenizer] = read_clip(path);
    const auto key = key_of(checkpoint) + machine.key_suffix();
    auto cautions = cautions_of(checkpoint);
    // As with BLIP, the vocabulary is authoritative: rows may have been added to the embeddings since, and old
    // configurations give ids that are not in it.
    checkpoint.sizes.text.bos = tokenizer.start();
    checkpoint.sizes.text.eos = tokenizer.end();
    auto model = model::ClipModel::from_checkpoint(checkpoint, image_size, machine.device);
    return {std::move(model), std::move(tokenizer), key, std::move(cautions)};
}

VideoEncoder clip_encoder(const model::ClipModel& model) {
    return [&model](const torch::Tensor& pixels) {
        return model::clip_video_features(model, model::normalise_pixels(pixels, model.sizes.pixels));
    };
}

torch::Tensor encode_texts(const ClipNetwork& clip, const std::vector<std::string>& texts, const Machine& machine,
                           Task& task, const model::WorkPart& part) {
    const training::AutocastGuard autocast(machine.bf16);
    const auto longest = static_cast<int>(clip.model.text_position_embedding.size(0));
    std::vector<std::vector<int64_t>> ids;
    for (const auto& text : texts) ids.push_back(clip.tokenizer.encode(text, longest));
    return model::clip_text_features(clip.model, ids, machine.device, task, part);
}

}  // namespace rest::engine
