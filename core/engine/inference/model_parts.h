// SPDX-License-Identifier: GPL-3.0-or-later
// Helpers for loading models. Private to this room.
#pragma once

#include "core/checkpoint/reading.h"
#include "core/engine/inference/model_files.h"

namespace rest::engine {

struct CaptionerParts {
    checkpoint::Checkpoint checkpoint;
    text::WordPiece tokenizer;
};
struct ClipParts {
    checkpoint::Checkpoint checkpoint;
    text::ClipBpe tokenizer;
};
/// Both throw Error if it is another kind of model, lacks a tensor, or has fewer embeddings than its vocabulary has
/// tokens.
CaptionerParts read_captioner(const std::filesystem::path& folder_or_file,
                              checkpoint::Reading reading = checkpoint::Reading::all);
ClipParts read_clip(const std::filesystem::path& folder_or_file,
                    checkpoint::Reading reading = checkpoint::Reading::all);

Captioner captioner_of(checkpoint::Checkpoint checkpoint, text::WordPiece tokenizer, const ClipSettings& clips,
                       std::optional<int64_t> adapter_seed, const Machine& machine);

}  // namespace rest::engine
