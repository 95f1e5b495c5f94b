// SPDX-License-Identifier: GPL-3.0-or-later
// Helpers for loading models. Private to this room.
#pragma once

#include "core/engine/inference/model_files.h"

namespace rest::engine {

/// Throws Error (damaged) if a vocabulary has more tokens than the model has embeddings.
void require_embeddings(int64_t tokens, int64_t embeddings, const std::filesystem::path& folder);

Captioner captioner_of(checkpoint::Checkpoint checkpoint, text::WordPiece tokenizer, const ClipSettings& clips,
                       std::optional<int64_t> adapter_seed, const Machine& machine);

}  // namespace rest::engine
