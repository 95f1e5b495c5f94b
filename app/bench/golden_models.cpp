// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "app/bench/golden.h"
#include "core/model/beam_search.h"
#include "core/model/blip.h"
#include "core/model/blip_retrieval.h"
#include "core/model/clip.h"
#include "core/training/autocast.h"

namespace rest::app {
namespace {

constexpr double kEqualCaptions = 0.95;  // share required in bf16, where beams of close scores may swap

model::GarModel image_model(const GoldenSettings& s) {
    return model::GarModel::from_checkpoint(checkpoint::read_checkpoint(s.folder / "blip-tiny"),
                                            {.temporal_adapter = false, .device = s.device, .bf16 = s.bf16});
}

model::BeamSettings beam_settings(const nlohmann::json& json) {
    return {.beams = json.at("num_beams"),
            .max_length = json.at("max_length"),
            .min_length = json.at("min_length"),
            .length_penalty = json.value("length_penalty", 1.0),
            .repetition_penalty = json.value("repetition_penalty", 1.0)};
}

}  // namespace

void check_blip(const GoldenSettings& s, CheckReport& report) {
    torch::NoGradGuard no_grad;
    const auto model = image_model(s);
    auto io = golden_tensors(s.folder / "blip-tiny" / "io.safetensors", s.device);
    const auto vision = model.encode_images(io["pixel_values"]);
    compare_tensors("blip: vision", vision, io["vision_last_hidden_state"], s, report);
    const auto real = io["attention_mask"].to(torch::kBool);  // the logits of padding are undefined
    const auto logits = model.decoder.forward(io["input_ids"], vision);
    compare_tensors("blip: logits", logits.index({real}), io["logits"].index({real}), s, report);
}

void check_beam_search(const GoldenSettings& s, CheckReport& report) {
    torch::NoGradGuard no_grad;
    const auto model = image_model(s);
    auto io = golden_tensors(s.folder / "blip-tiny" / "io.safetensors", s.device);
    const auto decoder = model.decoder.packed_for({.rows = 64, .type = s.bf16 ? torch::kBFloat16 : torch::kFloat32});
    const auto memory = decoder.project(model.encode_images(io["pixel_values"]));
    int equal = 0, all = 0;
    double off = 0;
    for (const auto& run : read_golden_json(s.folder / "blip-tiny" / "generate.json")) {
        const auto prompt = run["prompt"][0].get<std::vector<int64_t>>();
        const auto wanted = run["sequences"].get<std::vector<std::vector<int64_t>>>();
        const auto found = model::beam_search(decoder, memory, prompt, beam_settings(run["settings"]));
        for (size_t i = 0; i < wanted.size(); ++i, ++all) {
            if (i >= found.size() || found[i].ids != wanted[i]) continue;
            ++equal;
            if (!run.contains("sequences_scores")) continue;
            const double score = run["sequences_scores"][i];
            off = std::max(off, std::abs(found[i].score - score) / std::max(1.0, std::abs(score)));
        }
    }
    const bool enough = all > 0 && (s.bf16 ? equal >= kEqualCaptions * all : equal == all);
    report.check("beam search: captions equal", enough,
                 fmt::format("{} of {} ({:.0f} %, {} wanted)", equal, all, all > 0 ? 100.0 * equal / all : 0.0,
                             s.bf16 ? "95 %" : "all"));
    report.near("beam search: scores of those", off, s.bf16 ? 5e-2 : 1e-4);
}

void check_clip(const GoldenSettings& s, CheckReport& report) {
    torch::NoGradGuard no_grad;
    training::AutocastGuard autocast(s.bf16);
    const auto golden = s.folder / "clip-tiny";
    auto checkpoint = checkpoint::read_checkpoint(golden);
    const auto model = model::ClipModel::from_checkpoint(checkpoint, 0, s.device);
    auto io = golden_tensors(golden / "io.safetensors", s.device);
    compare_tensors("clip: images", model.encode_images(io["pixel_values"]), io["image_embeds"], s, report);
    compare_tensors("clip: texts", model.encode_texts(io["input_ids"]), io["text_embeds"], s, report);
    compare_tensors("clip: clips", model::clip_video_features(model, io["pixel_values"].unsqueeze(1)),
                    io["image_embeds_unit"], s, report);
}

void check_blip_retrieval(const GoldenSettings& s, CheckReport& report) {
    torch::NoGradGuard no_grad;
    training::AutocastGuard autocast(s.bf16);
    const auto golden = s.folder / "blip-itm-tiny";
    auto checkpoint = checkpoint::read_checkpoint(golden);
    const auto model = model::BlipRetrieval::from_checkpoint(checkpoint, 0, s.device);
    auto io = golden_tensors(golden / "io.safetensors", s.device);
    compare_tensors("blip retrieval: images", model.encode_images(io["pixel_values"]), io["image_embeds_unit"], s,
                    report);
    compare_tensors("blip retrieval: texts", model.encode_texts(io["input_ids"]), io["text_embeds_unit"], s, report);
}

}  // namespace rest::app
