// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <functional>
#include <memory>

#include "core/base/random.h"
#include "core/bench/flop_counts.h"
#include "core/bench/works.h"
#include "core/checkpoint/new_checkpoint.h"
#include "core/model/beam_search.h"
#include "core/model/blip.h"
#include "core/training/epoch.h"

namespace rest::bench {
namespace {

constexpr int64_t kFramesPerClip = 8;
constexpr int64_t kBeams = 3;
constexpr int64_t kTokens = 20;
constexpr double kVisualTokens = 197;

std::shared_ptr<model::GarModel> blip_base(torch::Device device, bool adapters, bool bf16) {
    checkpoint::ModelSizes sizes;
    auto checkpoint = checkpoint::new_checkpoint(checkpoint::CheckpointKind::blip_captioner, sizes, 1);
    return std::make_shared<model::GarModel>(model::GarModel::from_checkpoint(
        std::move(checkpoint),
        {.temporal_adapter = adapters, .image_size = 224, .adapter_seed = 1, .device = device, .bf16 = bf16}));
}

const std::vector<int64_t>& prompt() {
    static const std::vector<int64_t> ids = {30522, 1037, 2678, 1997};
    return ids;
}

/// Generates to full length, as the peers are forced to.
model::BeamSettings full_length() {
    return {.beams = kBeams, .max_length = kTokens, .min_length = kTokens};
}

/// Packed once per job, as CaptionMaker does.
model::TextDecoder packed(const model::GarModel& model, int64_t videos, bool bf16) {
    return model.decoder.packed_for({.rows = videos * kBeams, .type = bf16 ? torch::kBFloat16 : torch::kFloat32});
}

void caption(const model::TextDecoder& decoder, const std::function<torch::Tensor()>& encode) {
    torch::NoGradGuard no_grad;
    model::beam_search(decoder, decoder.project(encode()), prompt(), full_length());
}

double generation(const model::GarModel& model, int64_t videos) {
    const auto& text = model.sizes.text;
    const auto rows = static_cast<double>(videos);
    return rows * (memory_flop(text, kVisualTokens) +
                   generation_flop(text, kBeams, static_cast<int64_t>(prompt().size()), kTokens, kVisualTokens));
}

}  // namespace

Work image_work(const BenchSettings& settings, torch::Device device) {
    const auto model = blip_base(device, false, settings.bf16);
    const int64_t frames = kFramesPerClip * settings.clips;
    const auto pixels = torch::randn({frames, 3, 224, 224}, device);
    const auto decoder = packed(*model, frames, settings.bf16);
    return {.name = "image",
            .description = fmt::format("{} frames to captions, {} beams, {} tokens", frames, kBeams, kTokens),
            .flop = static_cast<double>(frames) * vision_flop(model->sizes.vision, false) + generation(*model, frames),
            .run = [=] { caption(decoder, [&] { return model->encode_images(pixels); }); }};
}

Work caption_work(const BenchSettings& settings, torch::Device device) {
    const auto model = blip_base(device, true, settings.bf16);
    const auto clips = torch::randn({settings.clips, kFramesPerClip, 3, 224, 224}, device);
    const auto frames = static_cast<double>(settings.clips * kFramesPerClip);
    const auto decoder = packed(*model, settings.clips, settings.bf16);
    return {.name = "caption",
            .description = fmt::format("{} clips of {} frames to captions, {} beams, {} tokens", settings.clips,
                                       kFramesPerClip, kBeams, kTokens),
            .flop = frames * vision_flop(model->sizes.vision, true) + generation(*model, settings.clips),
            .run = [=] { caption(decoder, [&] { return model->encode(clips); }); }};
}

Work encoder_work(const BenchSettings& settings, torch::Device device) {
    const auto model = blip_base(device, false, settings.bf16);
    const int64_t frames = kFramesPerClip * settings.clips;
    const auto pixels = torch::randn({frames, 3, 224, 224}, device);
    return {.name = "encoder",
            .description = fmt::format("{} frames by ViT-B/16 alone", frames),
            .flop = static_cast<double>(frames) * vision_flop(model->sizes.vision, false),
            .run = [=] {
                torch::NoGradGuard no_grad;
                model->encode_images(pixels);
            }};
}

Work train_work(const BenchSettings& settings, torch::Device device) {
    const auto model = blip_base(device, true, settings.bf16);
    const auto flat = training::make_trainable(*model);
    const auto optimiser = std::make_shared<training::AdamW>(flat, training::AdamWSettings{0.9, 0.98, 1e-8, 0.001});
    const auto clips = torch::randint(0, 256, {settings.clips, kFramesPerClip, 3, 224, 224}, torch::kUInt8);
    // On a GPU, loading and copying the next batch overlaps the current step: with a single batch neither would be
    // hidden.
    const int64_t batches = device.is_cpu() ? 1 : 4;
    std::vector<training::TrainExample> examples;
    for (int64_t i = 0; i < batches * settings.clips; ++i) {
        training::TrainExample example{i % settings.clips, prompt()};
        Random random(5, static_cast<uint64_t>(i));
        while (static_cast<int64_t>(example.ids.size()) < kTokens) example.ids.push_back(1000 + random.below(29000));
        examples.push_back(std::move(example));
    }
    training::EpochSettings epoch{
        .batch_size = settings.clips, .frames = kFramesPerClip, .prompt_length = static_cast<int64_t>(prompt().size())};
    epoch.schedule = {2e-5, 2e-8, 1000};
    epoch.bf16 = settings.bf16;
    epoch.device = device;
    const auto clip_count = static_cast<double>(settings.clips);
    const double forward = clip_count * (kFramesPerClip * vision_flop(model->sizes.vision, true) +
                                         memory_flop(model->sizes.text, kVisualTokens)) +
                           decoder_flop(model->sizes.text, clip_count, kTokens, kVisualTokens, kTokens);
    return {.name = "train",
            .description = fmt::format("one AdamW step on {} clips of {} frames", settings.clips, kFramesPerClip),
            .flop = 3 * forward,  // backward has two products for each forward one
            .run =
                [=] {
                    SilentTask task;
                    const auto loader = [&](std::span<const training::TrainExample> batch, const torch::Tensor& to) {
                        int64_t row = 0;
                        for (const auto& example : batch)
                            to[row++].copy_(clips[example.video]);  // clip by clip, as they are read
                        return std::vector<int64_t>{};
                    };
                    training::train_epoch(*model, *optimiser, examples, loader, epoch, task,
                                          [](const training::BatchReport&) {});
                },
            .units = batches};
}

}  // namespace rest::bench
