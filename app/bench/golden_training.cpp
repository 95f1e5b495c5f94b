// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/bench/golden.h"
#include "core/model/blip.h"
#include "core/training/adamw.h"
#include "core/training/epoch.h"

namespace rest::app {
namespace {

/// The reference has a shorter prefix for adapters.
std::string our_name(const std::string& name) {
    return name.starts_with("adapters.") ? "temporal_adapter." + name.substr(9) : name;
}

double relative(double got, double wanted) {
    return std::abs(got - wanted) / std::abs(wanted);
}

struct VideoCase {
    checkpoint::Weights io;
    nlohmann::json expected;
    model::GarModel model;
    training::FlatParameters flat;
    bool bf16;

    explicit VideoCase(const GoldenSettings& s)
        : io(golden_tensors(s.folder / "video" / "io.safetensors", s.device)),
          expected(read_golden_json(s.folder / "video" / "expected.json")),
          bf16(s.bf16) {
        auto checkpoint = checkpoint::read_checkpoint(s.folder / "blip-tiny");
        for (const auto& [name, tensor] : io) {
            if (name.starts_with("adapters.")) checkpoint.weights[our_name(name)] = tensor.to(torch::kCPU);
        }
        model = model::GarModel::from_checkpoint(std::move(checkpoint), {.device = s.device, .bf16 = s.bf16});
        flat = training::make_trainable(model);
    }

    torch::Tensor features() { return model.encode(io["clips"]); }

    torch::Tensor loss(double smoothing) {
        const auto logits = model.decoder.forward(io["input_ids"], model.encode(io["clips"]));
        return model::caption_loss(logits, io["input_ids"], expected["prompt_length"], smoothing, model.sizes.text.pad);
    }
};

void check_gradients(const VideoCase& c, CheckReport& report) {
    double worst = 0;
    std::string worst_name;
    for (const auto& [name, norm] : c.expected["gradient_norms"].items()) {
        const double got = checkpoint::require(c.model.weights, our_name(name)).grad().norm().item<double>(),
                     wanted = norm;
        if (wanted < 1e-5 && (c.bf16 || got < 1e-5))
            continue;  // where the true gradient is zero, only rounding errors remain
        const double off = relative(got, wanted);
        if (off <= worst) continue;
        worst = off;
        worst_name = name;
    }
    report.near("video: gradient norms", worst, c.bf16 ? 2e-1 : 1e-3);
    if (!worst_name.empty()) fmt::print("       the worst is {}\n", worst_name);
}

/// Losses of the steps of a training on six clips of the golden size.
std::vector<double> training_losses(const GoldenSettings& s, int64_t steps, int64_t micro_batch) {
    constexpr int64_t kClips = 6;
    auto io = golden_tensors(s.folder / "video" / "io.safetensors", torch::kCPU);
    auto model = model::GarModel::from_checkpoint(checkpoint::read_checkpoint(s.folder / "blip-tiny"),
                                                  {.device = s.device, .bf16 = s.bf16});
    training::AdamW optimiser(training::make_trainable(model), {});
    torch::manual_seed(7);
    const auto shape = io["clips"].sizes();
    const auto clips = torch::randint(0, 256, {kClips, shape[1], 3, shape[3], shape[4]}, torch::kUInt8);
    std::vector<training::TrainExample> examples;
    for (int64_t step = 0; step < steps; ++step) {
        for (int64_t i = 0; i < kClips; ++i)
            examples.push_back({i, {198, 17, 33, 51, 60 + i, 70 + 2 * i, 80 + i, 102}});
    }
    training::EpochSettings epoch{.batch_size = kClips,
                                  .micro_batch = micro_batch,
                                  .frames = shape[1],
                                  .prompt_length = 4,
                                  .label_smoothing = 0.1};
    epoch.schedule = {2e-3, 2e-4, steps};
    epoch.bf16 = s.bf16;
    epoch.device = s.device;
    const auto loader = [&](std::span<const training::TrainExample> batch, const torch::Tensor& to) {
        std::vector<int64_t> rows;
        for (const auto& example : batch) rows.push_back(example.video);
        to.copy_(clips.index_select(0, torch::tensor(rows)));
        return std::vector<int64_t>{};
    };
    std::vector<double> losses;
    SilentTask task;
    training::train_epoch(model, optimiser, examples, loader, epoch, task,
                          [&](const training::BatchReport& r) { losses.push_back(r.loss); });
    return losses;
}

}  // namespace

void check_video_training(const GoldenSettings& s, CheckReport& report) {
    VideoCase c(s);
    {
        torch::NoGradGuard no_grad;
        compare_tensors("video: features", c.features(), c.io["features"], s, report);
    }
    const double loss_tolerance = s.bf16 ? 2e-2 : 1e-5;
    report.near("video: loss", relative(c.loss(0).item<double>(), c.expected["loss_without_smoothing"]),
                loss_tolerance);
    const auto smoothed = c.loss(c.expected["label_smoothing"]);
    report.near("video: smoothed loss", relative(smoothed.item<double>(), c.expected["loss"]), loss_tolerance);
    smoothed.backward();
    check_gradients(c, report);
    const auto& a = c.expected["adamw"];
    training::AdamW optimiser(
        c.flat,
        {.beta1 = a["betas"][0], .beta2 = a["betas"][1], .epsilon = a["eps"], .weight_decay = a["weight_decay"]});
    report.check("video: a step stays finite", optimiser.step(a["lr"]));
    report.near("video: gradients are zero after it", c.flat.gradients.abs().max().item<double>(), 0);
    if (s.bf16) return;
    // Elements whose gradient is only rounding error step in either direction: tests/training/undecided_steps.h settles
    // them, here the tolerance is wider.
    torch::NoGradGuard no_grad;
    report.near("video: loss after one step",
                relative(c.loss(c.expected["label_smoothing"]).item<double>(), c.expected["loss_after_one_step"]),
                1e-3);
}

void check_short_training(const GoldenSettings& s, int64_t steps, CheckReport& report) {
    const auto first = training_losses(s, steps, 0);
    fmt::print("       {} steps: loss {:.4f} to {:.4f}\n", steps, first.front(), first.back());
    report.near("training: the loss falls, to a share of", first.back() / first.front(), 0.6);
    const auto again = training_losses(s, steps, 0);
    report.near("training: the last loss again", relative(again.back(), first.back()), s.bf16 ? 2e-2 : 2e-3);
    const auto micro = training_losses(s, steps, 2);
    report.near("training: the first loss in micro-batches", relative(micro.front(), first.front()),
                s.bf16 ? 2e-2 : 1e-5);
    report.near("training: the last loss in micro-batches", relative(micro.back(), first.back()), s.bf16 ? 1e-1 : 2e-2);
}

}  // namespace rest::app
