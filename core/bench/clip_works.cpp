// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "core/base/random.h"
#include "core/bench/flop_counts.h"
#include "core/bench/works.h"
#include "core/checkpoint/new_checkpoint.h"
#include "core/model/clip_texts.h"
#include "core/training/autocast.h"

namespace rest::bench {
namespace {

constexpr int64_t kFrames = 32;
constexpr int64_t kTexts = 64;

checkpoint::ModelSizes vit_b32() {
    checkpoint::ModelSizes sizes;
    sizes.vision = {.hidden = 768, .layers = 12, .heads = 12, .mlp = 3072, .image = 224, .patch = 32};
    sizes.text = {.hidden = 512, .layers = 12, .heads = 8, .mlp = 2048, .vocabulary = 49408, .positions = 77};
    sizes.text.layer_norm_eps = 1e-5;
    sizes.text.bos = 49406;
    sizes.text.eos = sizes.text.pad = 49407;
    sizes.activation = "quick_gelu";
    return sizes;
}

std::shared_ptr<model::ClipModel> random_clip(torch::Device device) {
    auto checkpoint = checkpoint::new_checkpoint(checkpoint::CheckpointKind::clip, vit_b32(), 1);
    return std::make_shared<model::ClipModel>(model::ClipModel::from_checkpoint(checkpoint, 0, device));
}

/// Captions of 8 to 15 words: about as many tokens, plus a start and an end token.
std::vector<std::vector<int64_t>> caption_ids(const checkpoint::TextSizes& sizes) {
    std::vector<std::vector<int64_t>> texts;
    for (int64_t i = 0; i < kTexts; ++i) {
        Random random(7, static_cast<uint64_t>(i));
        std::vector<int64_t> ids = {sizes.bos};
        for (uint32_t words = 8 + random.below(8); words > 0; --words) ids.push_back(1 + random.below(49000));
        ids.push_back(sizes.eos);
        texts.push_back(std::move(ids));
    }
    return texts;
}

}  // namespace

Work clip_image_work(const BenchSettings& settings, torch::Device device) {
    const auto clip = random_clip(device);
    const auto pixels = torch::randn({kFrames, 3, 224, 224}, device);
    return {.name = "clip-image",
            .description = "32 frames by CLIP ViT-B/32",
            .flop = static_cast<double>(kFrames) * vision_flop(clip->sizes.vision, false),
            .run = [=] {
                torch::NoGradGuard no_grad;
                training::AutocastGuard autocast(settings.bf16);
                clip->encode_images(pixels);
            }};
}

Work clip_text_work(const BenchSettings& settings, torch::Device device) {
    const auto clip = random_clip(device);
    const auto& t = clip->sizes.text;
    const auto texts = caption_ids(t);
    double flop = 0;
    for (const auto& ids : texts) {
        const auto n = static_cast<double>(ids.size());
        flop +=
            static_cast<double>(t.layers) * layer_flop(n, n, static_cast<double>(t.hidden), static_cast<double>(t.mlp));
    }
    return {.name = "clip-text",
            .description = "64 captions of 8 to 15 words by CLIP's text side",
            .flop = flop,
            .run = [=] {
                training::AutocastGuard autocast(settings.bf16);
                SilentTask task;
                model::clip_text_features(*clip, texts, device, task);
            }};
}

}  // namespace rest::bench
