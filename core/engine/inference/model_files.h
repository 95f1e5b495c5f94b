// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/engine/inference/device.h"
#include "core/engine/settings/train_settings.h"
#include "core/model/blip.h"
#include "core/model/clip.h"
#include "core/store/project.h"
#include "core/text/clip_bpe.h"
#include "core/text/wordpiece.h"

namespace rest::engine {

/// The folders a project uses: its own, a model's by its name, or the demo models that come with the program. Throws
/// Error (not_found, damaged) for a model that is known and not on this machine, or not whole.
std::filesystem::path captioner_folder(const store::ProjectModels& models);
std::filesystem::path clip_folder(const store::ProjectModels& models);
/// What a run begins with: `start_from`, else the project's captioner.
std::filesystem::path starting_captioner(const store::ProjectModels& models, const SupervisionSettings& settings);

/// True when the captioner's config.json says that it was trained with temporal adapters.
bool has_temporal_adapter(const std::filesystem::path& captioner);

/// A captioner ready to train or caption, with its tokenizer.
struct Captioner {
    checkpoint::Checkpoint source;  // without weights: where it came from and what stands in its config
    model::GarModel model;
    text::WordPiece tokenizer;
    std::filesystem::path vocabulary;  // the folder that holds it
};
/// A temporal adapter that is asked for and not in the file is drawn from `adapter_seed`. Throws Error naming the
/// folder when it is no captioner or its vocabulary does not fit its embeddings.
Captioner load_captioner(const std::filesystem::path& folder_or_file, const ClipSettings& clips, int64_t adapter_seed,
                         const Machine& machine);

struct ClipNetwork {
    model::ClipModel model;
    text::ClipBpe tokenizer;
    std::string key;  // says which weights these are and, on a GPU, the precision they compute in: for cached features
};
/// `image_size` in pixels; 0: the network's own.
ClipNetwork load_clip(const std::filesystem::path& folder_or_file, int64_t image_size, const Machine& machine);

/// CLIP features of texts (n, d), unit length, float32 on the CPU, computed in the machine's precision. Texts are
/// batched by length.
torch::Tensor encode_texts(const ClipNetwork& clip, const std::vector<std::string>& texts, const Machine& machine,
                           Task& task);

}  // namespace rest::engine
