// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/checkpoint/files/model_sizes.h"
#include "core/checkpoint/reading.h"
#include "core/checkpoint/weights.h"

namespace rest::checkpoint {

/// A checkpoint in memory: Hugging Face names whatever the file's layout, float32, on the CPU.
struct Checkpoint {
    CheckpointKind kind = CheckpointKind::unknown;
    std::filesystem::path folder;               // where its vocabulary is: the folder itself, or the one of the file
    std::filesystem::path file;                 // the weights read, or the index of several pieces
    std::vector<std::filesystem::path> pieces;  // the files that hold them
    std::string layout;                         // in words: "the BLIP authors' state dict"
    ModelSizes sizes;
    /// BLIP: "vision_model.", "text_decoder.", "temporal_adapter.N.{weight,bias}"; CLIP: "text_model.", ...
    Weights weights;
    nlohmann::json config;                // config.json, or one derived from the tensors' sizes
    std::vector<std::string> missing;     // names that the model needs and that are absent
    std::vector<std::string> misshapen;   // "name has the shape (4, 2), (4, 3) is needed"
    std::vector<std::string> unexpected;  // names that nothing uses
    std::vector<std::string> warnings;    // e.g. "this is model_base_capfilt_large.pth, which is not a captioner"
    std::vector<ToldSetting> told;        // heads, activation, pixel mean, ...: values and sources

    /// The warnings, and a line about what had to be assumed: to be shown before anything is computed.
    std::vector<std::string> cautions() const;
};

/// Reads a folder in transformers' or open_clip's format, in one piece or several, or one weight file of any name.
///
/// Sizes come from config.json or open_clip_config.json and, where these are absent or incomplete, from the tensors;
/// shapes that differ only by dimensions of 1 are reshaped. Wrappers around the model are stripped. Tied tensors may be
/// present under either name; afterwards both names exist and share storage. `position_ids` are ignored. For BLIP,
/// heads default to hidden / 64 if not given. Does not throw for missing or unexpected tensors: see require_complete().
/// Throws Error (not_found, damaged, unsupported) naming the file.
Checkpoint read_checkpoint(const std::filesystem::path& folder_or_file, Reading reading = Reading::all);

/// Throws Error (damaged, unsupported) that names the first missing tensors and says what the file seems to be. Every
/// captioner (blip_authors, gar, blip_pretrained) passes as a blip_captioner.
void require_complete(const Checkpoint& checkpoint, CheckpointKind wanted);

/// Writes a GAR checkpoint as a Hugging Face BLIP folder: config.json (with "temporal_adapter": true if it has one),
/// preprocessor_config.json, model.safetensors, and the vocabulary files copied from `vocabulary_from`. Each file is
/// written atomically. `metadata` goes into the safetensors header. Tied tensors are written once
/// (word_embeddings.weight, predictions.bias), as transformers' save_pretrained does; every reader ties them again.
void write_blip_folder(const std::filesystem::path& folder, const Checkpoint& checkpoint,
                       const std::filesystem::path& vocabulary_from,
                       const std::map<std::string, std::string>& metadata = {});
/// The same for CLIP (vocab.json, merges.txt).
void write_clip_folder(const std::filesystem::path& folder, const Checkpoint& checkpoint,
                       const std::filesystem::path& vocabulary_from);

/// Position embeddings (1, 1 + n*n, d) resized to (1, 1 + m*m, d), m = image / patch: bicubic, align_corners false,
/// class token untouched, as BLIP's authors do. Returns the input if n == m. Throws Error (invalid_argument) for other
/// shapes.
torch::Tensor interpolate_positions(const torch::Tensor& positions, int64_t image, int64_t patch);

}  // namespace rest::checkpoint
