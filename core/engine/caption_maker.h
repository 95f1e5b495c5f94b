// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/engine/model_files.h"
#include "core/model/beam_search.h"

namespace rest {

struct MadeCaption {
    std::string text;
    double score = 0;  // as beam search ranks it
};

BeamSettings beam_settings(const TrainSettings& settings);

/// [DEC] and the prompt's ids.
std::vector<int64_t> prompt_ids(const WordPiece& tokenizer, const std::string& prompt);

/// A caption as it is kept: the training prompt cut off, other prompts left as the sentence's beginning, blanks collapsed.
std::string clean_caption(const std::string& decoded, const std::string& train_prompt);

/// Captions of clips (B, T, 3, S, S) uint8 by the whole model, on the training prompt (line 10 of Algorithm 1).
std::vector<MadeCaption> caption_clips(const Captioner& captioner, const torch::Tensor& clips,
                                       const TrainSettings& settings, const Machine& machine);

/// Captions of single frames (F, 3, S, S) uint8 by the image model, one per frame and prompt: result[prompt][frame]
/// (line 1 of Algorithm 1). The frames are encoded once.
std::vector<std::vector<MadeCaption>> caption_frames(const Captioner& captioner, const torch::Tensor& frames,
                                                     const TrainSettings& settings, const Machine& machine);

}  // namespace rest
