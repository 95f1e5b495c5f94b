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
    double score = 0;  // as beam search ranks it
};

model::BeamSettings beam_settings(const GenerationSettings& settings);

/// [DEC] and the prompt's ids.
std::vector<int64_t> prompt_ids(const text::WordPiece& tokenizer, const std::string& prompt);

/// A caption as it is kept: the training prompt cut off, other prompts left as the sentence's beginning, blanks
/// collapsed.
std::string clean_caption(const std::string& decoded, const std::string& train_prompt);

/// How many clips to caption in one call: `on_cpu` there; on CUDA up to 256, one for each 512 MB that the card has,
/// since decoding a few takes nearly as long as decoding many.
int64_t clips_at_once(const Machine& machine, int64_t on_cpu);

/// Captions many clips with weights that stay as they are meanwhile: it keeps the decoder's a second time, laid out
/// for beam search (CUDA: in bfloat16 where the machine wants it), and captions one batch at a time. Whatever it is
/// made from must outlive it.
class CaptionMaker {
  public:
    /// `at_once`: how many clips or frames come in one call. Throws std::bad_alloc.
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
