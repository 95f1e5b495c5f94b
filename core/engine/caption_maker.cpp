// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/caption_maker.h"

#include "core/base/strings.h"
#include "core/training/autocast.h"

namespace rest {
namespace {

std::vector<MadeCaption> decode(const Captioner& captioner, const torch::Tensor& visual, const std::string& prompt,
                                const TrainSettings& settings) {
    std::vector<MadeCaption> out;
    const auto ids = prompt_ids(captioner.tokenizer, prompt);
    for (const auto& found : beam_search(captioner.model.decoder, visual, ids, beam_settings(settings))) {
        out.push_back({clean_caption(captioner.tokenizer.decode(found.ids), settings.train_prompt), found.score});
    }
    return out;
}

}  // namespace

BeamSettings beam_settings(const TrainSettings& s) {
    return {.beams = s.beams, .max_length = s.max_length, .min_length = s.min_length, .length_penalty = s.length_penalty};
}

std::vector<int64_t> prompt_ids(const WordPiece& tokenizer, const std::string& prompt) {
    std::vector<int64_t> ids = {tokenizer.bos()};
    const auto words = tokenizer.encode_plain(prompt);
    ids.insert(ids.end(), words.begin(), words.end());
    return ids;
}

std::string clean_caption(const std::string& decoded, const std::string& train_prompt) {
    const std::string text = collapse_blanks(decoded);
    const std::string prompt = caption_key(train_prompt);
    if (prompt.empty() || !caption_key(text).starts_with(prompt)) return text;
    return std::string(trimmed(std::string_view(text).substr(prompt.size())));
}

std::vector<MadeCaption> caption_clips(const Captioner& captioner, const torch::Tensor& clips,
                                       const TrainSettings& settings, const Machine& machine) {
    torch::NoGradGuard no_grad;
    AutocastGuard autocast(machine.bf16);
    const auto visual = captioner.model.encode(normalise_pixels(clips.to(machine.device)));
    return decode(captioner, visual, settings.train_prompt, settings);
}

std::vector<std::vector<MadeCaption>> caption_frames(const Captioner& captioner, const torch::Tensor& frames,
                                                     const TrainSettings& settings, const Machine& machine) {
    torch::NoGradGuard no_grad;
    AutocastGuard autocast(machine.bf16);
    const auto visual = captioner.model.encode_images(normalise_pixels(frames.to(machine.device)));
    std::vector<std::vector<MadeCaption>> out;
    for (const auto& prompt : settings.prompts) out.push_back(decode(captioner, visual, prompt, settings));
    return out;
}

}  // namespace rest
