// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run/trial.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/engine/inference/caption_maker.h"
#include "core/training/epoch.h"

namespace rest::engine {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kLongestPiece = 0.5;   // seconds, so that cancelling takes effect promptly
constexpr int64_t kCaptionTokens = 10;  // after the prompt, about the length of captions

struct Piece {
    int64_t clips = 1, frames = 1;
    int64_t size() const { return clips * frames; }
};

/// The next larger one; at most a micro-batch of whole clips.
Piece next(const Piece& piece, int64_t frames, int64_t most_clips) {
    if (piece.frames < frames) return {piece.clips, frames};
    return {std::min(2 * piece.clips, most_clips), frames};
}

class Pieces {
  public:
    Pieces(Captioner& captioner, const torch::Tensor& clip, const TrialSettings& settings, const Machine& machine)
        : captioner_(captioner),
          clip_(clip),
          machine_(machine),
          optimiser_(training::make_trainable(captioner.model), {}),
          prompt_(prompt_ids(captioner.tokenizer, settings.prompt)) {}

    /// Seconds of one training step of this size.
    double time(const Piece& piece, Task& task) {
        training::TrainExample example{0, prompt_};
        example.ids.insert(example.ids.end(), kCaptionTokens, captioner_.tokenizer.sep());
        const std::vector<training::TrainExample> examples(static_cast<size_t>(piece.clips), example);
        training::EpochSettings epoch{.batch_size = piece.clips,
                                      .frames = piece.frames,
                                      .prompt_length = static_cast<int64_t>(prompt_.size()),
                                      .bf16 = machine_.bf16,
                                      .device = machine_.device};
        epoch.schedule = {0, 0, 1};
        const auto views = clip_.slice(1, 0, piece.frames);
        const auto started = Clock::now();
        training::train_epoch(
            captioner_.model, optimiser_, examples,
            [&views](auto batch, const torch::Tensor& to) {
                to.copy_(views.expand({static_cast<int64_t>(batch.size()), -1, -1, -1, -1}));
                return std::vector<int64_t>();  // every clip is readable
            },
            epoch, task, [](const training::BatchReport&) {});
        return std::chrono::duration<double>(Clock::now() - started).count();
    }

    /// Seconds of the optimiser alone, which do not depend on the piece.
    double time_optimiser() {
        optimiser_.forget_gradients();
        const auto started = Clock::now();
        optimiser_.step(0);
        return std::chrono::duration<double>(Clock::now() - started).count();
    }

  private:
    Captioner& captioner_;
    const torch::Tensor& clip_;
    const Machine& machine_;
    training::AdamW optimiser_;
    std::vector<int64_t> prompt_;
};

std::string part(int64_t done, int64_t all, const char* what) {
    return done == all ? fmt::format("{} {}", all, what) : fmt::format("{} of {} {}", done, all, what);
}

}  // namespace

Trial try_training(StandIn& model, const torch::Tensor& clip, const TrialSettings& settings, const Machine& machine,
                   Task& task) {
    const int64_t frames = settings.clips.frames;
    const int64_t most = std::max<int64_t>(1, std::min(settings.micro_batch, settings.batch_size));
    const int64_t layers = model.captioner.model.sizes.vision.layers;
    Pieces pieces(model.captioner, clip, settings, machine);
    const auto left = [&] { return std::chrono::duration<double>(settings.deadline - Clock::now()).count(); };
    Piece timed;
    task.check();
    pieces.time(timed, task);  // the first step is slow for other reasons: allocation, kernel loading
    task.check();
    double seconds = pieces.time(timed, task);
    while (timed.frames < frames || timed.clips < most) {
        task.check();
        const Piece larger = next(timed, frames, most);
        const double expected = seconds * static_cast<double>(larger.size()) / static_cast<double>(timed.size());
        if (expected > kLongestPiece || expected > left()) break;
        seconds = pieces.time(larger, task);
        timed = larger;
    }
    task.check();
    Trial out;
    const double optimiser = std::min(pieces.time_optimiser(), seconds / 2);
    const double rest = static_cast<double>(frames) / static_cast<double>(timed.frames) *
                        static_cast<double>(model.sizes.vision.layers) / static_cast<double>(layers);
    out.seconds_per_clip = (seconds - optimiser) / static_cast<double>(timed.clips) * rest +
                           optimiser * static_cast<double>(model.sizes.vision.layers) / static_cast<double>(layers) /
                               static_cast<double>(settings.batch_size);
    if (timed.frames < frames || timed.clips < most || layers < model.sizes.vision.layers) {
        out.timed =
            fmt::format("a step of {}, {}, {}", part(timed.clips, most, "clips"), part(timed.frames, frames, "frames"),
                        part(layers, model.sizes.vision.layers, "layers"));
    }
    return out;
}

}  // namespace rest::engine
