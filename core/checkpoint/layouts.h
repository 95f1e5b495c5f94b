// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/checkpoint/checkpoint.h"

namespace rest::checkpoint {

/// A recognised state dict, under Hugging Face names.
struct CheckpointLayout {
    CheckpointKind kind = CheckpointKind::unknown;
    std::string words;  // "Hugging Face names", "the BLIP authors' names", ...
    Weights weights;
    std::vector<std::string> warnings;
};

/// CheckpointLayout::words of the BLIP authors' files.
const char* authors_layout_words();

/// Recognises Hugging Face's, the BLIP authors' and OpenAI's names, and renames to Hugging Face's. Wrappers ("model.",
/// "module._orig_mod.", ...) are stripped and everything beside them (optimiser states, averaged copies) is dropped, as
/// are buffers such as position_ids and, for the authors' training files, momentum copies and queues. A state dict of
/// unknown kind is returned unchanged. `opaque`: values in place of tensors, by name, and what would create them.
/// Throws Error (unsupported) naming the tensor if the model needs one of these, or has adapters (LoRA) that are not
/// merged into it.
CheckpointLayout to_hugging_face(Weights raw, const std::map<std::string, std::string>& opaque = {});

/// Adds both names of the decoder's word embeddings and output bias, sharing storage. Adds a warning if the two differ.
void tie_caption_head(Weights& weights, std::vector<std::string>& warnings);

}  // namespace rest::checkpoint
