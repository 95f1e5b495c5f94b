// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/epoch.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/kernels/in_place_gradients.h"
#include "core/training/autocast.h"
#include "core/training/clip_feed.h"
#include "core/training/diverged.h"
#include "core/training/out_of_memory.h"

namespace rest::training {
namespace {

using Examples = std::span<const TrainExample>;

int64_t caption_tokens(Examples examples, int64_t prompt_length) {
    int64_t tokens = 0;
    for (const auto& e : examples) tokens += std::max<int64_t>(0, static_cast<int64_t>(e.ids.size()) - prompt_length);
    return tokens;
}

/// Forward and backward of one batch in micro-batches, each weighed by its share of tokens. Returns the batch's loss.
double accumulate_gradients(model::GarModel& model, const torch::Tensor& clips, Examples batch, int64_t micro,
                            const EpochSettings& s) {
    const auto size = static_cast<int64_t>(batch.size());
    const auto total = static_cast<double>(caption_tokens(batch, s.prompt_length));
    double sum = 0;
    for (int64_t first = 0; first < size; first += micro) {
        const auto part = batch.subspan(first, std::min(micro, size - first));
        const double share = static_cast<double>(caption_tokens(part, s.prompt_length)) / total;
        if (share == 0) continue;
        const auto ids = pad_ids(part, model.sizes.text.pad).to(s.device);
        torch::Tensor loss;
        {
            AutocastGuard autocast(s.bf16 && !model.in_bf16());
            const auto pixels = model.prepare(clips.slice(0, first, first + static_cast<int64_t>(part.size())));
            const auto logits = model.decoder.forward(ids, model.encode(pixels));
            loss = model::caption_loss(logits, ids, s.prompt_length, s.label_smoothing, model.sizes.text.pad) * share;
        }
        const kernels::InPlaceGradients in_place;
        loss.backward();
        sum += loss.item<double>();
    }
    return sum;
}

/// The same in ever smaller micro-batches until memory suffices. `micro` is left at what did.
double gradients_that_fit(model::GarModel& model, AdamW& optimiser, const torch::Tensor& clips, Examples batch,
                          int64_t& micro, const EpochSettings& s) {
    while (true) {
        try {
            return accumulate_gradients(model, clips, batch, micro, s);
        } catch (const std::exception& e) {
            if (micro <= 1 || !is_out_of_memory(e)) throw;
        }
        optimiser.forget_gradients();  // of the micro-batches that went through
        micro = (std::min<int64_t>(micro, static_cast<int64_t>(batch.size())) + 1) / 2;
    }
}

[[noreturn]] void fail_to_stay_finite(const std::string& what, const BatchReport& report, Examples batch) {
    std::vector<int64_t> videos;
    for (const auto& example : batch) videos.push_back(example.video);
    throw Diverged(
        "Training diverged in batch " + std::to_string(report.step) + ": its " + what + " left the finite numbers",
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

void train_epoch(model::GarModel& model, AdamW& optimiser, Examples examples, const ClipLoader& loader,
                 const EpochSettings& s, Task& task, const std::function<void(const BatchReport&)>& on_batch) {
    const int64_t batches = batches_per_epoch(static_cast<int64_t>(examples.size()), s.batch_size);
    const auto batch_at = [&](int64_t i) {
        const auto start = static_cast<size_t>(i * s.batch_size);
        return examples.subspan(start, std::min<size_t>(s.batch_size, examples.size() - start));
    };
    ClipFeedSettings feeding{.clip_shape = {s.frames, 3, model.sizes.vision.image, model.sizes.vision.image},
                             .device = s.device};
    for (int64_t i = 0; i < batches; ++i) feeding.sizes.push_back(std::ssize(batch_at(i)));
    ClipFeed feed(std::move(feeding), [&](int64_t i, const torch::Tensor& to) { loader(batch_at(i), to); });
    int64_t micro = s.micro_batch > 0 ? std::min(s.micro_batch, s.batch_size) : s.batch_size;
    for (int64_t i = 0; i < batches; ++i) {
        task.check();
        const auto started = std::chrono::steady_clock::now();
        const auto clips = feed.next();
        const auto batch = batch_at(i);
        BatchReport report{.step = s.first_step + i, .learning_rate = s.schedule.at(s.first_step + i)};
        report.loss = gradients_that_fit(model, optimiser, clips, batch, micro, s);
        report.micro_batch = micro;
        if (!std::isfinite(report.loss)) fail_to_stay_finite("loss", report, batch);
        if (!optimiser.step(report.learning_rate)) fail_to_stay_finite("weights after the step", report, batch);
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - started;
        report.clips_per_second = static_cast<double>(batch.size()) / seconds.count();
        on_batch(report);
        task.advance(i + 1);
    }
}

}  // namespace rest::training
