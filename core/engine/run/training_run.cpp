// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run/training_run.h"

#include <fmt/format.h>

#include "core/base/strings.h"
#include "core/engine/run/class_name_lists.h"
#include "core/engine/run/first_captions.h"
#include "core/engine/run/retrieval_step.h"
#include "core/training/diverged.h"
#include "core/training/sampler.h"

namespace rest::engine {
namespace {

constexpr size_t kVideosNamed = 8;      // of a batch in which training diverged
constexpr size_t kLongestCaption = 40;  // tokens, as in BLIP's own training

bool retrieves(const TrainSettings& settings) {
    return settings.supervision.learn_from == LearnFrom::captions;
}

}  // namespace

TrainingRun::TrainingRun(RestRun& run, const RunFiles& files, training::AdamW& optimiser)
    : run_(run), files_(files), optimiser_(optimiser) {}

void TrainingRun::prepare(const RunState* from) {
    if (retrieves(run_.settings)) find_neighbours(run_);
    if (from != nullptr) {
        state_ = *from;
        reload_lists(run_, state_.step);
        run_.project.trim_metrics(run_.id, state_.batch - 1, state_.epoch);
        return;
    }
    if (retrieves(run_.settings)) {
        make_first_captions(run_);
        update_lists(run_, 0);
    } else {
        take_class_names(run_);
    }
    state_.total = batches_of(std::ssize(examples()));
    evaluate();
    save();
}

void TrainingRun::loop() {
    const auto& s = run_.settings;
    while (state_.epoch < s.optimisation.epochs) {
        train_one_epoch();
        ++state_.epoch;
        const bool boundary = state_.epoch % s.retrieval.epochs_per_retrieval == 0;
        if (retrieves(s) && boundary && state_.step + 1 < s.retrieval.retrievals &&
            state_.epoch < s.optimisation.epochs) {
            ++state_.step;
            make_new_captions(run_, state_.step, state_.epoch);
            update_lists(run_, state_.step);
        }
        if (boundary || state_.epoch == s.optimisation.epochs) evaluate();
        save();
        run_.project.set_run_epoch(run_.id, state_.epoch);
        run_.context.emit(RunChanged{run_.context.id(), run_.ref()});
    }
}

void TrainingRun::save() {
    run_.context.begin(fmt::format("Checkpoint of epoch {}", state_.epoch), "files", 0);
    files_.save(state_, run_.captioner, optimiser_);
}

std::vector<training::TrainExample> TrainingRun::examples() const {
    const auto& s = run_.settings;
    std::vector<training::TrainExample> out;
    const auto prompt = prompt_ids(run_.captioner.tokenizer, s.generation.train_prompt);
    for (const int64_t video : training::epoch_order(run_.train.size(), s.optimisation.seed, state_.epoch)) {
        const auto list = run_.captions.of(video);
        if (list.empty() || !run_.train.readable(video)) continue;
        const auto& drawn =
            training::draw_for(training::DrawPurpose::caption, s.optimisation.seed, state_.epoch, video).pick(list);
        training::TrainExample example{video, prompt};
        const auto words = run_.captioner.tokenizer.encode_plain(run_.texts.text(drawn.id));
        example.ids.insert(example.ids.end(), words.begin(), words.end());
        if (example.ids.size() > kLongestCaption - 1) example.ids.resize(kLongestCaption - 1);
        example.ids.push_back(run_.captioner.tokenizer.sep());
        out.push_back(std::move(example));
    }
    return out;
}

/// For the whole run, at this many examples per epoch.
int64_t TrainingRun::batches_of(int64_t examples) const {
    const auto& s = run_.settings.optimisation;
    return s.epochs * training::batches_per_epoch(examples, s.batch_size);
}

training::EpochSettings TrainingRun::epoch_settings(int64_t examples) const {
    const auto& s = run_.settings;
    training::EpochSettings e;
    e.batch_size = s.optimisation.batch_size;
    e.micro_batch = micro_batch_ > 0 ? micro_batch_ : s.optimisation.micro_batch;
    e.frames = s.clips.frames;
    e.prompt_length = static_cast<int64_t>(prompt_ids(run_.captioner.tokenizer, s.generation.train_prompt).size());
    e.label_smoothing = s.optimisation.label_smoothing;
    e.schedule = {s.optimisation.learning_rate, s.optimisation.minimal_learning_rate,
                  state_.total > 0 ? state_.total : batches_of(examples)};
    e.first_step = state_.batch;
    e.bf16 = run_.machine.bf16;
    e.device = run_.machine.device;
    return e;
}

std::vector<int64_t> TrainingRun::load(std::span<const training::TrainExample> batch, const torch::Tensor& to) const {
    const auto& s = run_.settings;
    std::vector<int64_t> indices;
    for (const auto& example : batch) indices.push_back(example.video);
    if (!s.clips.augment) return run_.train.test_views(indices, to);
    const training::AugmentationSettings augmentation = {
        .size = static_cast<int>(run_.captioner.model.sizes.vision.image),
        .flip = s.clips.flip,
        .colour_jitter = s.clips.colour_jitter,
        .grey = s.clips.grey};
    return run_.train.train_views(indices, augmentation, s.optimisation.seed, state_.epoch, to);
}

void TrainingRun::train_one_epoch() {
    const auto all = examples();
    if (all.empty()) {
        throw run_.train.readable_clips().empty()
            ? Error(ErrorCode::damaged, "None of the run's clips can be read", "Put the files back.")
            : Error(ErrorCode::invalid_argument, "No video of the run has a caption to learn from");
    }
    const auto count = static_cast<int64_t>(all.size());
    const auto settings = epoch_settings(count);
    run_.context.begin(fmt::format("Epoch {} of {}", state_.epoch + 1, run_.settings.optimisation.epochs), "batches",
                       training::batches_per_epoch(count, settings.batch_size));
    int64_t clips = 0, steps = 0;
    std::vector<store::MetricPoint> points;
    const auto on_batch = [&](const training::BatchReport& report) {
        run_.train.tell_unreadable(run_.context);
        clips += report.clips;
        tell_of_micro_batch(report.micro_batch);
        for (const auto& [name, value] :
             {std::pair{"loss", report.loss}, std::pair{"learning_rate", report.learning_rate},
              std::pair{"clips_per_second", report.clips_per_second}}) {
            points.push_back({name, report.step, value, state_.step});
            run_.context.emit(MetricAdded{run_.context.id(), run_.ref(), points.back()});
        }
    };
    const training::ClipLoader loader = [this](auto batch, const auto& to) { return load(batch, to); };
    try {
        steps = training::train_epoch(run_.captioner.model, optimiser_, all, loader, settings, run_.context, on_batch);
    } catch (const training::Diverged& e) {
        throw with_names(e);
    }
    run_.train.tell_unreadable(run_.context);
    state_.batch += steps;
    state_.clips = clips;
    run_.project.add_metrics(run_.id, points);
}

/// Names the videos of the batch, and weights to restart from, if any: resuming the run would diverge again.
Error TrainingRun::with_names(const training::Diverged& e) const {
    std::vector<std::string> names;
    for (const int64_t video : e.videos()) names.push_back(run_.train.video(video).name);
    const auto checkpoints = files_.checkpoints();
    auto remedy = fmt::format("Train again with a learning_rate below {}", run_.settings.optimisation.learning_rate);
    if (!checkpoints.empty()) {
        remedy += fmt::format(" and start_from={}, the last good weights (epoch {})",
                              checkpoints.front().second.string(), checkpoints.front().first.epoch);
    }
    return Error(e.code(), fmt::format("{}. Its videos: {}", e.what(), some_of(names, kVideosNamed)), remedy + ".");
}

void TrainingRun::tell_of_micro_batch(int64_t micro) {
    const auto& s = run_.settings;
    if (micro_batch_ == 0)
        micro_batch_ = s.optimisation.micro_batch > 0 ? s.optimisation.micro_batch : s.optimisation.batch_size;
    if (micro >= micro_batch_) return;
    micro_batch_ = micro;
    run_.context.log(LogLevel::warning,
                     fmt::format("Memory is short: {} clips go through the model at a time; the batch stays {}", micro,
                                 s.optimisation.batch_size));
}

void TrainingRun::evaluate() {
    if (!run_.settings.measurement.evaluate || run_.evaluation.size() == 0 || run_.on.classes.empty()) return;
    const auto found = evaluate_captioner(run_.captioner, run_.clip, run_.evaluation, run_.on, run_.settings,
                                          run_.machine, run_.context);
    tam_ = found.tam;
    if (tam_.counted == 0) {
        run_.context.log(LogLevel::warning,
                         "None of the clips to measure CLIP-TAM on can be read: nothing is measured");
        return;
    }
    run_.project.put_predictions(run_.id, state_.epoch, found.predictions);
    const std::vector<store::MetricPoint> points = {
        {"clip_tam_top1", state_.epoch, tam_.top1, state_.step},
        {"clip_tam_top5", state_.epoch, tam_.top5, state_.step},
        {kThroughputMetric, state_.epoch, found.clips_per_second, state_.step}};
    run_.project.add_metrics(run_.id, points);
    for (const auto& point : points) run_.context.emit(MetricAdded{run_.context.id(), run_.ref(), point});
    run_.context.log(LogLevel::info, fmt::format("Epoch {}: CLIP-TAM top-1 {:.1f} %, top-5 {:.1f} % on {} clips",
                                                 state_.epoch, tam_.top1, tam_.top5, tam_.counted));
}

}  // namespace rest::engine
