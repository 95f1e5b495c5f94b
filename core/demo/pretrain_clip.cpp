// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "core/checkpoint/new_checkpoint.h"
#include "core/demo/pretrain_models.h"
#include "core/demo/world/actions.h"
#include "core/model/blip.h"
#include "core/model/clip.h"
#include "core/tensor/unit_length.h"
#include "core/text/clip_bpe.h"
#include "core/text/vocabulary_training.h"
#include "core/training/adamw.h"
#include "core/training/sampler.h"

namespace rest::demo {
namespace {

checkpoint::ModelSizes clip_sizes(const text::ClipBpe& tokenizer) {
    checkpoint::ModelSizes sizes;
    sizes.vision = {.hidden = 128, .layers = 4, .heads = 4, .mlp = 384, .image = kDemoImageSize, .patch = 8};
    sizes.text = {.hidden = 96, .layers = 2, .heads = 4, .mlp = 256, .vocabulary = tokenizer.size(), .positions = 77};
    sizes.text.layer_norm_eps = 1e-5;
    sizes.text.bos = tokenizer.start();
    sizes.text.eos = sizes.text.pad = tokenizer.end();
    sizes.projection = 64;
    sizes.activation = "quick_gelu";
    return sizes;
}

torch::Tensor pad_texts(const text::ClipBpe& tokenizer, const std::vector<std::string>& texts) {
    std::vector<std::vector<int64_t>> ids;
    size_t longest = 0;
    for (const auto& text : texts) {
        ids.push_back(tokenizer.encode(text));
        longest = std::max(longest, ids.back().size());
    }
    auto out =
        torch::full({static_cast<int64_t>(ids.size()), static_cast<int64_t>(longest)}, tokenizer.end(), torch::kInt64);
    for (size_t i = 0; i < ids.size(); ++i)
        std::copy(ids[i].begin(), ids[i].end(), out.data_ptr<int64_t>() + i * longest);
    return out;
}

/// Symmetric InfoNCE over the frames `rows`, each with one of its captions.
torch::Tensor contrastive_loss(const model::ClipModel& model, const text::ClipBpe& tokenizer, const FramePool& pool,
                               const std::vector<int64_t>& rows, uint64_t seed, int64_t epoch,
                               const engine::Machine& machine) {
    std::vector<std::string> captions;
    for (const int64_t row : rows) {
        auto random = training::draw_for(training::DrawPurpose::caption, seed, epoch, row);
        captions.push_back(random.pick(pool.clip_captions[row]));
    }
    const auto pixels = model::normalise_pixels(pool.frames.index_select(0, torch::tensor(rows)).to(machine.device));
    const auto image = tensor::unit_length(model.encode_images(pixels));
    const auto text = tensor::unit_length(model.encode_texts(pad_texts(tokenizer, captions).to(machine.device)));
    const auto logits = torch::matmul(image, text.t()) * model.logit_scale.exp().clamp_max(100);
    const auto target = torch::arange(logits.size(0), logits.options().dtype(torch::kInt64));
    return (torch::cross_entropy_loss(logits, target) + torch::cross_entropy_loss(logits.t(), target)) / 2;
}

/// Zero-shot accuracy on new frames: the share whose class name is the nearest.
double zero_shot(const model::ClipModel& model, const text::ClipBpe& tokenizer, const PretrainSettings& settings,
                 const engine::Machine& machine, Task& task) {
    torch::NoGradGuard no_grad;
    const auto pool = render_frames(settings.seed + 1, 960, model.sizes.vision.image, task);
    std::vector<std::string> names;
    for (const auto& action : demo_actions()) names.push_back(action.class_name);
    const auto classes = tensor::unit_length(model.encode_texts(pad_texts(tokenizer, names).to(machine.device)));
    const auto images =
        tensor::unit_length(model.encode_images(model::normalise_pixels(pool.frames.to(machine.device))));
    const auto found = torch::matmul(images, classes.t()).argmax(1).to(torch::kCPU);
    int64_t right = 0;
    for (int64_t i = 0; i < found.size(0); ++i) right += found[i].item<int64_t>() == pool.actions[i];
    return 100.0 * static_cast<double>(right) / static_cast<double>(found.size(0));
}

}  // namespace

void pretrain_clip(const std::filesystem::path& folder, const FramePool& pool, const PretrainSettings& settings,
                   const engine::Machine& machine, Task& task) {
    std::vector<std::string> texts;
    for (const auto& captions : pool.clip_captions) texts.insert(texts.end(), captions.begin(), captions.end());
    for (const auto& captions : pool.blip_captions) texts.insert(texts.end(), captions.begin(), captions.end());
    std::filesystem::create_directories(folder);
    text::train_clip_bpe(texts, folder);
    const auto tokenizer = text::ClipBpe::load(folder);
    auto checkpoint =
        checkpoint::new_checkpoint(checkpoint::CheckpointKind::clip, clip_sizes(tokenizer), settings.seed);
    for (auto& [name, tensor] : checkpoint.weights) tensor = tensor.to(machine.device);
    auto flat = training::FlatParameters::adopt(checkpoint.weights);
    const auto model = model::ClipModel::build(checkpoint.weights, checkpoint.sizes);
    training::AdamW optimiser(flat, {.beta2 = 0.98, .weight_decay = 0.05});
    const int64_t batches = pool.frames.size(0) / settings.clip_batch;
    const int64_t total = batches * settings.clip_epochs;
    task.begin("Pre-training CLIP", "batches", total);
    for (int64_t epoch = 0; epoch < settings.clip_epochs; ++epoch) {
        const auto order = training::epoch_order(pool.frames.size(0), settings.seed, epoch);
        double loss_sum = 0;
        for (int64_t b = 0; b < batches; ++b) {
            task.check();
            const std::vector<int64_t> rows(order.begin() + b * settings.clip_batch,
                                            order.begin() + (b + 1) * settings.clip_batch);
            const auto loss = contrastive_loss(model, tokenizer, pool, rows, settings.seed, epoch, machine);
            loss.backward();
            const int64_t step = epoch * batches + b;
            optimiser.step(settings.learning_rate * warmed_cosine(step, total));
            loss_sum += loss.item<double>();
            task.advance(step + 1);
        }
        task.log(LogLevel::info,
                 fmt::format("CLIP epoch {}: loss {:.3f}", epoch + 1, loss_sum / static_cast<double>(batches)));
    }
    task.log(LogLevel::info, fmt::format("CLIP zero-shot on fresh frames: {:.1f} %",
                                         zero_shot(model, tokenizer, settings, machine, task)));
    for (auto& [name, tensor] : checkpoint.weights) tensor = tensor.detach().to(torch::kCPU).clone();
    checkpoint::write_clip_folder(folder, checkpoint, folder);
}

}  // namespace rest::demo
