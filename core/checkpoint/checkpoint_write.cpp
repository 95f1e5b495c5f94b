// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "core/base/atomic_file.h"
#include "core/base/file_error.h"
#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/files/config_json.h"
#include "core/checkpoint/safetensors.h"

namespace rest::checkpoint {
namespace {

namespace fs = std::filesystem;

template <size_t N>
void copy_vocabulary(const fs::path& from, const fs::path& to, const std::array<const char*, N>& names) {
    std::error_code error;
    if (fs::equivalent(from, to, error)) return;
    for (const char* name : names) {
        if (fs::is_regular_file(from / name, error)) write_file_atomically(to / name, read_file(from / name));
    }
}

/// Weights last: a folder that has them is complete.
void write_model(const fs::path& folder, const Checkpoint& checkpoint, const Weights& weights,
                 std::map<std::string, std::string> metadata) {
    metadata["format"] = "pt";  // transformers requires it
    const auto kind = checkpoint.kind;
    write_file_atomically(folder / "config.json",
                          make_config(kind, checkpoint.sizes, checkpoint.config).dump(2) + "\n");
    write_file_atomically(folder / "preprocessor_config.json",
                          make_preprocessor_config(kind, checkpoint.sizes).dump(2) + "\n");
    write_safetensors(folder / "model.safetensors", weights, metadata);
}

}  // namespace

void write_blip_folder(const fs::path& folder, const Checkpoint& checkpoint, const fs::path& vocabulary_from,
                       const std::map<std::string, std::string>& metadata) {
    constexpr std::array kVocabulary{"vocab.txt", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json",
                                     "added_tokens.json"};
    const bool adapters = checkpoint.weights.contains("temporal_adapter.0.weight");
    const std::string head = "text_decoder.cls.predictions.";
    Weights weights = checkpoint.weights;
    if (weights.contains("text_decoder.bert.embeddings.word_embeddings.weight")) weights.erase(head + "decoder.weight");
    if (weights.contains(head + "bias")) weights.erase(head + "decoder.bias");
    Checkpoint described;
    described.kind = adapters                                            ? CheckpointKind::gar
                     : checkpoint.kind == CheckpointKind::blip_retrieval ? CheckpointKind::blip_retrieval
                                                                         : CheckpointKind::blip_captioner;
    described.sizes = checkpoint.sizes;
    described.config = checkpoint.config;
    make_folder(folder);
    copy_vocabulary(vocabulary_from, folder, kVocabulary);
    write_model(folder, described, weights, metadata);
}

void write_clip_folder(const fs::path& folder, const Checkpoint& checkpoint, const fs::path& vocabulary_from) {
    constexpr std::array kVocabulary{"vocab.json", "merges.txt", "tokenizer.json", "tokenizer_config.json",
                                     "special_tokens_map.json"};
    Checkpoint described;
    described.kind = CheckpointKind::clip;
    described.sizes = checkpoint.sizes;
    described.config = checkpoint.config;
    make_folder(folder);
    copy_vocabulary(vocabulary_from, folder, kVocabulary);
    write_model(folder, described, checkpoint.weights, {});
}

}  // namespace rest::checkpoint
