// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/inference/caption_maker.h"

#include <algorithm>

#include "core/base/strings.h"
#include "core/training/autocast.h"

namespace rest::engine {

model::BeamSettings beam_settings(const GenerationSettings& s) {
    return {
        .beams = s.beams, .max_length = s.max_length, .min_length = s.min_length, .length_penalty = s.length_penalty};
}

std::vector<int64_t> prompt_ids(const text::WordPiece& tokenizer, const std::string& prompt) {
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

int64_t clips_at_once(const Machine& machine, int64_t on_cpu) {
    constexpr int64_t kBytesAClip = int64_t{512} << 20, kMost = 256, kUnknown = 64;
    if (machine.device.is_cpu()) return on_cpu;
    return machine.memory == 0 ? kUnknown : std::clamp(machine.memory / kBytesAClip, on_cpu, kMost);
}

CaptionMaker::CaptionMaker(const Captioner& captioner, const GenerationSettings& settings, const Machine& machine,
                           int64_t at_once)
    : captioner_(captioner),
      settings_(settings),
      machine_(machine),
      decoder_(captioner.model.decoder.packed_for(
          {.rows = at_once * settings.beams, .type = machine.bf16 ? torch::kBFloat16 : torch::kFloat32})) {}

std::vector<MadeCaption> CaptionMaker::decode(const model::CrossMemory& memory, const std::string& prompt) const {
    std::vector<MadeCaption> out;
    const auto ids = prompt_ids(captioner_.tokenizer, prompt);
    for (const auto& found : model::beam_search(decoder_, memory, ids, beam_settings(settings_))) {
        out.push_back({clean_caption(captioner_.tokenizer.decode(found.ids), settings_.train_prompt), found.score});
    }
    return out;
}

/// Only `encode` needs autocast: the packed decoder already has the right dtypes.
model::CrossMemory CaptionMaker::look(const std::function<torch::Tensor(const model::GarModel&)>& encode) const {
    torch::Tensor visual;
    {
        training::AutocastGuard autocast(machine_.bf16 && !captioner_.model.in_bf16());
        visual = encode(captioner_.model);
    }
    return decoder_.project(visual);
}

std::vector<MadeCaption> CaptionMaker::of_clips(const torch::Tensor& clips) const {
    torch::NoGradGuard no_grad;
    const auto memory =
        look([&](const model::GarModel& model) { return model.encode(model.prepare(clips.to(machine_.device))); });
    return decode(memory, settings_.train_prompt);
}

std::vector<std::vector<MadeCaption>> CaptionMaker::of_frames(const torch::Tensor& frames) const {
    torch::NoGradGuard no_grad;
    const auto memory = look(
        [&](const model::GarModel& model) { return model.encode_images(model.prepare(frames.to(machine_.device))); });
    std::vector<std::vector<MadeCaption>> out;
    for (const auto& prompt : settings_.prompts) out.push_back(decode(memory, prompt));
    return out;
}

}  // namespace rest::engine
