// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/epoch.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>

#include "core/base/error.h"
#include "core/distributed/shares.h"
#include "core/kernels/in_place_gradients.h"
#include "core/training/autocast.h"
#include "core/training/clip_feed.h"
#include "core/training/diverged.h"
#include "core/training/gradient_exchange.h"
#include "core/training/out_of_memory.h"

namespace rest::training {
namespace {

using Examples = std::span<const TrainExample>;

int64_t caption_tokens(Examples examples, int64_t prompt_length) {
    int64_t tokens = 0;
    for (const auto& e : examples) tokens += std::max<int64_t>(0, static_cast<int64_t>(e.ids.size()) - prompt_length);
    return tokens;
}

/// This process's part of a batch, and totals over all processes.
struct BatchPart {
    Examples mine;
    int64_t tokens = 0;  // captions' tokens in the whole batch
    int64_t clips = 0;   // in the whole batch
};

Examples share_in(Examples batch, const distributed::Group* group) {
    if (group == nullptr) return batch;
    const auto share = distributed::share_of(std::ssize(batch), group->rank(), group->size());
    return batch.subspan(static_cast<size_t>(share.begin), static_cast<size_t>(share.size()));
}

/// Only the process that was to read a clip knows that it cannot be read: what is left of a batch is counted together,
/// and who was asked to stop with it.
BatchPart part_of_batch(Examples mine, const EpochSettings& s) {
    const BatchPart part{mine, caption_tokens(mine, s.prompt_length), static_cast<int64_t>(mine.size())};
    if (s.group == nullptr) return part;
    const auto asked = s.stop_asked ? s.stop_asked() : distributed::Stop::no;
    const auto counts = torch::tensor({part.tokens, part.clips, distributed::as_summand(asked)});
    s.group->sum(counts)->wait();
    distributed::obey(counts[2].item<int64_t>());
    return {mine, counts[0].item<int64_t>(), counts[1].item<int64_t>()};
}

/// Forward and backward of this process's part of a batch in micro-batches, each weighted by its share of the batch's
/// tokens. Returns the part's loss. `exchange`, if any, sends gradients during the last backward pass.
double accumulate_gradients(model::GarModel& model, const torch::Tensor& clips, const BatchPart& batch, int64_t micro,
                            GradientExchange* exchange, const EpochSettings& s) {
    const auto size = static_cast<int64_t>(batch.mine.size());
    const auto total = static_cast<double>(batch.tokens);
    double sum = 0;
    for (int64_t first = 0; first < size; first += micro) {
        const auto part = batch.mine.subspan(first, std::min(micro, size - first));
        const double share = static_cast<double>(caption_tokens(part, s.prompt_length)) / total;
        if (share == 0) continue;
        const bool sends = exchange != nullptr && first + micro >= size;
        const auto ids = pad_ids(part, model.sizes.text.pad).to(s.device);
        torch::Tensor loss;
        {
            AutocastGuard autocast(s.bf16 && !model.in_bf16());
            const auto pixels = model.prepare(clips.slice(0, first, first + static_cast<int64_t>(part.size())));
            const auto features = model.encode(pixels, sends ? exchange->layer_inputs() : model::LayerInputs());
            if (sends) exchange->watch_features(features);
            const auto logits = model.decoder.forward(ids, features);
            loss = model::caption_loss(logits, ids, s.prompt_length, s.label_smoothing, model.sizes.text.pad) * share;
        }
        const kernels::InPlaceGradients in_place;
        loss.backward();
        sum += loss.item<double>();
    }
    return sum;
}

/// The same in smaller and smaller micro-batches until memory suffices. `micro` is set to the one that did.
double gradients_that_fit(model::GarModel& model, AdamW& optimiser, const torch::Tensor& clips, const BatchPart& batch,
                          int64_t& micro, const EpochSettings& s) {
    while (true) {
        try {
            return accumulate_gradients(model, clips, batch, micro, nullptr, s);
        } catch (const std::exception& e) {
            if (micro <= 1 || !is_out_of_memory(e)) throw;
        }
        optimiser.forget_gradients();  // of the micro-batches that succeeded
        micro = (std::min<int64_t>(micro, static_cast<int64_t>(batch.mine.size())) + 1) / 2;
    }
}

/// Gradients of whole batches over all processes of a group. The first batch finds the micro-batch that memory allows,
/// and sends its gradients afterwards; later ones send theirs during the backward pass, which therefore cannot be
/// repeated.
class SharedGradients {
  public:
    SharedGradients(model::GarModel& model, AdamW& optimiser, const EpochSettings& settings)
        : model_(model),
          optimiser_(optimiser),
          settings_(settings),
          exchange_(*settings.group, model, optimiser.parameters()) {}

    /// Returns the loss of the whole batch.
    double operator()(const torch::Tensor& clips, const BatchPart& batch, int64_t& micro) {
        const double mine = tried_ ? send_meanwhile(clips, batch, micro)
                                   : gradients_that_fit(model_, optimiser_, clips, batch, micro, settings_);
        tried_ = true;
        exchange_.finish();
        auto loss = torch::tensor({mine}, torch::kFloat64);
        settings_.group->sum(loss)->wait();
        return loss.item<double>();
    }

  private:
    double send_meanwhile(const torch::Tensor& clips, const BatchPart& batch, int64_t micro) {
        try {
            return accumulate_gradients(model_, clips, batch, micro, &exchange_, settings_);
        } catch (const std::exception& e) {
            if (!is_out_of_memory(e)) throw;
        }
        throw Error(
            ErrorCode::device,
            "Memory ran out in a later batch than the first, with " + std::to_string(micro) + " clips at a time",
            "Resume with a smaller micro_batch.");
    }

    model::GarModel& model_;
    AdamW& optimiser_;
    const EpochSettings& settings_;
    GradientExchange exchange_;
    bool tried_ = false;
};

/// Those that could be loaded.
std::vector<TrainExample> examples_at(const std::vector<int64_t>& places, Examples batch) {
    std::vector<TrainExample> out;
    for (const int64_t place : places) out.push_back(batch[static_cast<size_t>(place)]);
    return out;
}

[[noreturn]] void fail_to_stay_finite(const std::string& what, const BatchReport& report, Examples batch) {
    std::vector<int64_t> videos;
    for (const auto& example : batch) videos.push_back(example.video);
    throw Diverged(
        "Training diverged in batch " + std::to_string(report.step) + ": its " + what + " became NaN or infinite",
        std::move(videos));
}

}  // namespace

int64_t batches_per_epoch(int64_t count, int64_t batch_size) {
    return (count + batch_size - 1) / batch_size;
}

torch::Tensor pad_ids(Examples examples, int64_t pad) {
    size_t longest = 0;
    for (const auto& e : examples) longest = std::max(longest, e.ids.size());
    auto out = torch::full({static_cast<int64_t>(examples.size()), static_cast<int64_t>(longest)}, pad, torch::kInt64);
    for (size_t i = 0; i < examples.size(); ++i) {
        std::copy(examples[i].ids.begin(), examples[i].ids.end(), out.data_ptr<int64_t>() + i * longest);
    }
    return out;
}

int64_t train_epoch(model::GarModel& model, AdamW& optimiser, Examples examples, const ClipLoader& loader,
                    const EpochSettings& s, Task& task, const std::function<void(const BatchReport&)>& on_batch) {
    const int64_t batches = batches_per_epoch(static_cast<int64_t>(examples.size()), s.batch_size);
    const auto batch_at = [&](int64_t i) {
        const auto start = static_cast<size_t>(i * s.batch_size);
        return examples.subspan(start, std::min<size_t>(s.batch_size, examples.size() - start));
    };
    ClipFeedSettings feeding{.clip_shape = {s.frames, 3, model.sizes.vision.image, model.sizes.vision.image},
                             .device = s.device};
    const auto mine_at = [&](int64_t i) { return share_in(batch_at(i), s.group); };
    for (int64_t i = 0; i < batches; ++i) feeding.sizes.push_back(std::ssize(mine_at(i)));
    ClipFeed feed(std::move(feeding), [&](int64_t i, const torch::Tensor& to) { return loader(mine_at(i), to); });
    std::optional<SharedGradients> shared;
    if (s.group != nullptr && s.group->size() > 1) shared.emplace(model, optimiser, s);
    int64_t steps = 0;
    int64_t micro = s.micro_batch > 0 ? std::min(s.micro_batch, s.batch_size) : s.batch_size;
    for (int64_t i = 0; i < batches; ++i) {
        task.check();
        const auto started = std::chrono::steady_clock::now();
        const auto read = feed.next();
        const auto examples_read = examples_at(read.places, mine_at(i));
        const auto part = part_of_batch(examples_read, s);
        if (part.clips == 0) {
            task.advance(i + 1);
            continue;
        }
        const auto batch = shared ? batch_at(i) : part.mine;
        const int64_t step = s.first_step + steps++;
        BatchReport report{.step = step, .learning_rate = s.schedule.at(step), .clips = part.clips};
        report.end = std::min<int64_t>((i + 1) * s.batch_size, std::ssize(examples));
        report.loss = shared ? (*shared)(read.clips, part, micro)
                             : gradients_that_fit(model, optimiser, read.clips, part, micro, s);
        report.micro_batch = micro;
        if (!std::isfinite(report.loss)) fail_to_stay_finite("loss", report, batch);
        if (!optimiser.step(report.learning_rate)) fail_to_stay_finite("weights after the step", report, batch);
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - started;
        report.clips_per_second = static_cast<double>(part.clips) / seconds.count();
        on_batch(report);
        task.advance(i + 1);
    }
    return steps;
}

}  // namespace rest::training
