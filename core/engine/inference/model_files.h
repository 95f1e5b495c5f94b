// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/inference/device.h"
#include "core/engine/inference/video_features.h"
#include "core/engine/settings/train_settings.h"
#include "core/model/blip.h"
#include "core/model/clip.h"
#include "core/model/clip_texts.h"
#include "core/store/project.h"
#include "core/text/clip_bpe.h"
#include "core/text/wordpiece.h"

namespace rest::engine {

/// The folders a project uses: its own, a model's by its name, or the demo models that ship with the program. Throws
/// Error (not_found, damaged) for a known model that is absent or incomplete on this machine.
std::filesystem::path captioner_folder(const store::ProjectModels& models);
std::filesystem::path clip_folder(const store::ProjectModels& models);
/// What a run starts from: `start_from`, else the project's captioner.
std::filesystem::path starting_captioner(const store::ProjectModels& models, const SupervisionSettings& settings);

/// True if the captioner has temporal adapters or its config.json says so; false if there is no such file. Reads only
/// the names of its tensors.
bool has_temporal_adapter(const std::filesystem::path& captioner);

/// What to warn of before a checkpoint is used, with its file's name: see Checkpoint::cautions().
std::vector<std::string> cautions_of(const checkpoint::Checkpoint& checkpoint);

/// A captioner ready to train or caption, with its tokenizer.
struct Captioner {
    checkpoint::Checkpoint source;  // without weights: its origin and config
    model::GarModel model;
    text::WordPiece tokenizer;
    std::filesystem::path vocabulary;  // the folder that contains it
};
/// Temporal adapters that are requested but not in the file are initialised from `adapter_seed`, to be trained; without
/// a seed the captioner is used as it is, with any that it has. With `temporal_adapter` off it has none. Throws Error
/// naming the folder if it is not a captioner or its vocabulary does not fit its embeddings.
Captioner load_captioner(const std::filesystem::path& folder_or_file, const ClipSettings& clips,
                         std::optional<int64_t> adapter_seed, const Machine& machine);

struct ClipNetwork {
    model::ClipModel model;
    text::ClipBpe tokenizer;
    std::string key;  // identifies these weights, how they are computed with and, on a GPU, in which precision: for
                      // cached features
    std::vector<std::string> cautions;  // see cautions_of()
};
/// `image_size` in pixels; 0: the network's own.
ClipNetwork load_clip(const std::filesystem::path& folder_or_file, int64_t image_size, const Machine& machine);

/// The cautions of both models.
std::vector<std::string> cautions_of(const checkpoint::Checkpoint& captioner, const ClipNetwork& clip);

/// Frames (B, T, 3, S, S) uint8 -> f_C of Sec. 3.4, by a model that must outlive the function.
VideoEncoder clip_encoder(const model::ClipModel& model);

/// CLIP features of texts (n, d), unit length, float32 on the CPU, computed in the machine's precision. Texts are
/// batched by length. See clip_text_features() for a part of the work.
torch::Tensor encode_texts(const ClipNetwork& clip, const std::vector<std::string>& texts, const Machine& machine,
                           Task& task, const model::WorkPart& part = {});

}  // namespace rest::engine
