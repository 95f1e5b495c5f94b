// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/checkpoint/new_checkpoint.h"
#include "core/demo/pretrain_models.h"
#include "core/model/blip.h"
#include "core/text/vocabulary_training.h"
#include "core/text/wordpiece.h"
#include "core/training/epoch.h"
#include "core/training/sampler.h"

namespace rest::demo {
namespace {

checkpoint::ModelSizes blip_sizes(const text::WordPiece& tokenizer) {
    checkpoint::ModelSizes sizes;
    sizes.vision = {.hidden = 96, .layers = 5, .heads = 4, .mlp = 384, .image = kDemoImageSize, .patch = 8};
    sizes.text = {.hidden = 96, .layers = 2, .heads = 4, .mlp = 384, .vocabulary = tokenizer.size(), .positions = 64};
    sizes.text.encoder_hidden = sizes.vision.hidden;
    sizes.text.bos = tokenizer.bos();
    sizes.text.eos = tokenizer.sep();
    sizes.text.pad = tokenizer.pad();
    return sizes;
}

std::vector<int64_t> caption_ids(const text::WordPiece& tokenizer, const std::string& caption) {
    std::vector<int64_t> ids = {tokenizer.bos()};
    const auto words = tokenizer.encode_plain(caption);
    ids.insert(ids.end(), words.begin(), words.end());
    ids.push_back(tokenizer.sep());
    return ids;
}

}  // namespace

double warmed_cosine(int64_t step, int64_t total) {
    const double warm = std::max(1.0, 0.05 * static_cast<double>(total));
    const double part = static_cast<double>(step) / static_cast<double>(total);
    return std::min(1.0, (static_cast<double>(step) + 1) / warm) * 0.5 * (1 + std::cos(std::numbers::pi * part));
}

void pretrain_blip(const std::filesystem::path& folder, const FramePool& pool, const PretrainSettings& settings,
                   const engine::Machine& machine, Task& task) {
    std::vector<std::string> texts;
    for (const auto& captions : pool.clip_captions) texts.insert(texts.end(), captions.begin(), captions.end());
    for (const auto& captions : pool.blip_captions) texts.insert(texts.end(), captions.begin(), captions.end());
    std::filesystem::create_directories(folder);
    text::train_wordpiece(texts, folder);
    const auto tokenizer = text::WordPiece::load(folder);
    auto checkpoint =
        checkpoint::new_checkpoint(checkpoint::CheckpointKind::blip_captioner, blip_sizes(tokenizer), settings.seed);
    auto model = model::GarModel::from_checkpoint(checkpoint, {.temporal_adapter = false, .device = machine.device});
    auto flat = training::make_trainable(model);
    training::AdamW optimiser(flat, {.beta2 = 0.98, .weight_decay = 0.05});
    const int64_t batches = pool.frames.size(0) / settings.blip_batch;
    const int64_t total = batches * settings.blip_epochs;
    task.begin("Pre-training BLIP", "batches", total);
    for (int64_t epoch = 0; epoch < settings.blip_epochs; ++epoch) {
        const auto order = training::epoch_order(pool.frames.size(0), settings.seed + 7, epoch);
        double loss_sum = 0;
        for (int64_t b = 0; b < batches; ++b) {
            task.check();
            const std::vector<int64_t> rows(order.begin() + b * settings.blip_batch,
                                            order.begin() + (b + 1) * settings.blip_batch);
            std::vector<training::TrainExample> examples;
            for (const int64_t row : rows) {
                auto random = training::draw_for(training::DrawPurpose::caption, settings.seed + 7, epoch, row);
                examples.push_back({row, caption_ids(tokenizer, random.pick(pool.blip_captions[row]))});
            }
            const auto ids = training::pad_ids(examples, tokenizer.pad()).to(machine.device);
            const auto pixels =
                model::normalise_pixels(pool.frames.index_select(0, torch::tensor(rows)).to(machine.device));
            const auto loss = model::caption_loss(model.decoder.forward(ids, model.encode_images(pixels)), ids, 1, 0.0,
                                                  tokenizer.pad());
            loss.backward();
            const int64_t step = epoch * batches + b;
            optimiser.step(settings.learning_rate * warmed_cosine(step, total));
            loss_sum += loss.item<double>();
            task.advance(step + 1);
        }
        task.log(LogLevel::info,
                 fmt::format("BLIP epoch {}: loss {:.3f}", epoch + 1, loss_sum / static_cast<double>(batches)));
    }
    checkpoint.sizes = model.sizes;
    for (auto& [name, tensor] : model.weights) checkpoint.weights[name] = tensor.detach().to(torch::kCPU).clone();
    checkpoint::write_blip_folder(folder, checkpoint, folder);
}

}  // namespace rest::demo
