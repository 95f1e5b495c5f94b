// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/engine/inference/model_files.h"
#include "core/model/beam_search.h"

namespace rest::engine {

struct MadeCaption {
    std::string text;
    double score = 0;  // the score by which beam search ranks it
};

model::BeamSettings beam_settings(const GenerationSettings& settings);

/// The ids of [DEC] and the prompt.
std::vector<int64_t> prompt_ids(const text::WordPiece& tokenizer, const std::string& prompt);

/// A caption as stored: the training prompt removed, other prompts kept as the sentence's beginning, runs of whitespace
/// collapsed.
std::string clean_caption(const std::string& decoded, const std::string& train_prompt);

/// How many clips to caption in one call: `on_cpu` on the CPU; on CUDA up to 256, one per 512 MB of the card's memory,
/// since decoding a few takes nearly as long as decoding many.
int64_t clips_at_once(const Machine& machine, int64_t on_cpu);

/// Captions many clips while the weights do not change: it keeps a second copy of the decoder's, laid out for beam
/// search (on CUDA in bfloat16 if the machine uses it), and captions one batch at a time. Its constructor's arguments
/// must outlive it.
class CaptionMaker {
  public:
    /// `at_once`: the number of clips or frames per call. Throws std::bad_alloc.
    CaptionMaker(const Captioner& captioner, const GenerationSettings& settings, const Machine& machine,
                 int64_t at_once);

    /// Captions of clips (B, T, 3, S, S) uint8 by the whole model, on the training prompt (line 10 of Algorithm 1).
    std::vector<MadeCaption> of_clips(const torch::Tensor& clips) const;
    /// Captions of single frames (F, 3, S, S) uint8 by the image model, one per frame and prompt: result[prompt][frame]
    /// (line 1 of Algorithm 1). The frames are encoded, and their keys and values projected, once.
    std::vector<std::vector<MadeCaption>> of_frames(const torch::Tensor& frames) const;

  private:
    model::CrossMemory look(const std::function<torch::Tensor(const model::GarModel&)>& encode) const;
    std::vector<MadeCaption> decode(const model::CrossMemory& memory, const std::string& prompt) const;

    const Captioner& captioner_;
    const GenerationSettings& settings_;
    const Machine& machine_;
    model::TextDecoder decoder_;
};

}  // namespace rest::engine
