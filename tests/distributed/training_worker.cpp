// SPDX-License-Identifier: GPL-3.0-or-later
// One process of a group that trains a small captioner, for test_shared_training.cpp. Prints each batch's loss, then a
// checksum of the weights.
#include "core/tensor/libtorch.h"

#include <fmt/format.h>

#include <cstring>
#include <iostream>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/checkpoint/new_checkpoint.h"
#include "core/training/epoch.h"
#include "core/training/sampler.h"

using namespace rest;

namespace {

constexpr int64_t kVideos = 7, kBatch = 4, kFrames = 2, kEpochs = 3;

model::GarModel small_captioner() {
    checkpoint::ModelSizes sizes;
    sizes.vision = {.hidden = 16, .layers = 3, .heads = 2, .mlp = 32, .image = 32, .patch = 16};
    sizes.text = {
        .hidden = 16, .layers = 2, .heads = 2, .mlp = 32, .vocabulary = 50, .positions = 16, .encoder_hidden = 16};
    sizes.text.bos = 1;
    sizes.text.eos = 2;
    return model::GarModel::from_checkpoint(
        checkpoint::new_checkpoint(checkpoint::CheckpointKind::blip_captioner, sizes, 3), {.temporal_adapter = true});
}

/// Captions of several lengths, so that the processes' shares of the tokens differ.
std::vector<training::TrainExample> examples(int64_t epoch) {
    std::vector<training::TrainExample> out;
    for (const int64_t video : training::epoch_order(kVideos, 1, epoch)) {
        training::TrainExample example{video, {1, 5, 6, 7}};
        for (int64_t word = 0; word <= video % 4; ++word) example.ids.push_back(10 + video + word);
        example.ids.push_back(2);
        out.push_back(std::move(example));
    }
    return out;
}

/// One video cannot be read: only the process whose share contains it notices.
std::vector<int64_t> load(std::span<const training::TrainExample> batch, const torch::Tensor& to) {
    constexpr int64_t kDamaged = 5;
    std::vector<int64_t> lost;
    for (size_t i = 0; i < batch.size(); ++i) {
        if (batch[i].video == kDamaged) {
            lost.push_back(static_cast<int64_t>(i));
            continue;
        }
        Random random(9, static_cast<uint64_t>(batch[i].video));
        auto clip = to[static_cast<int64_t>(i)];
        auto* pixels = clip.data_ptr<uint8_t>();
        for (int64_t p = 0; p < clip.numel(); ++p) pixels[p] = static_cast<uint8_t>(random.below(256));
    }
    return lost;
}

uint64_t checksum(const checkpoint::Weights& weights) {
    uint64_t sum = 14695981039346656037u;
    for (const auto& [name, tensor] : weights) {
        const auto flat = tensor.detach().contiguous();
        const auto* bytes = static_cast<const uint8_t*>(flat.data_ptr());
        for (size_t i = 0; i < flat.nbytes(); ++i) sum = (sum ^ bytes[i]) * 1099511628211u;
    }
    return sum;
}

void train(distributed::Group& group) {
    auto model = small_captioner();
    training::AdamW optimiser(training::make_trainable(model), {0.9, 0.98, 1e-8, 0.001});
    SilentTask task;
    for (int64_t epoch = 0; epoch < kEpochs; ++epoch) {
        training::EpochSettings settings{.batch_size = kBatch, .frames = kFrames, .label_smoothing = 0.1};
        settings.schedule = {1e-2, 1e-4, 2 * kEpochs};
        settings.first_step = 2 * epoch;
        settings.group = &group;
        training::train_epoch(model, optimiser, examples(epoch), load, settings, task,
                              [](const training::BatchReport& report) { fmt::print("{:.10f}\n", report.loss); });
    }
    fmt::print("{:x}\n", checksum(model.weights));
}

}  // namespace

int main() {
    try {
        const auto membership = distributed::membership_from_environment();
        const auto group = membership ? distributed::join_group(*membership) : distributed::make_lone_group();
        torch::set_num_threads(1);
        train(*group);
        return 0;
    } catch (const Error& e) {
        std::cout << e.what() << std::endl;
        return 3;
    }
}
