// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run/training_run.h"

#include <fmt/format.h>

#include "core/base/leaving.h"
#include "core/base/strings.h"
#include "core/engine/run/class_name_lists.h"
#include "core/engine/run/first_captions.h"
#include "core/engine/run/retrieval_step.h"
#include "core/engine/run/shared_lists.h"
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
    : run_(run), files_(files), optimiser_(optimiser), micro_batch_(run.settings.optimisation.clips_per_pass()) {}

void TrainingRun::prepare(const RunState* from) {
    if (retrieves(run_.settings)) find_neighbours(run_);
    if (from != nullptr) {
        state_ = *from;
        reload_lists(run_, state_.step);
        run_.crew.keep([&](store::Project& project) { project.trim_metrics(run_.id, state_.batch - 1, state_.epoch); });
        return;
    }
    if (retrieves(run_.settings)) {
        make_first_captions(run_);
        update_lists(run_, 0);
    } else {
        take_class_names(run_);
    }
    state_.total = batches_of(std::ssize(places()));
    evaluate(state_);
    save();
}

void TrainingRun::loop() {
    try {
        while (state_.epoch < run_.settings.optimisation.epochs) {
            train_one_epoch();
            end_epoch();
        }
    } catch (const Cancelled& cancelled) {
        if (is_leaving(cancelled) && !saved_) {
            keep_curves();
            save();
        }
        throw;
    }
}

/// The state is the old one until all is done: what a checkpoint of it goes on from.
void TrainingRun::end_epoch() {
    const auto& s = run_.settings;
    RunState next = state_;
    ++next.epoch;
    next.place = 0;
    const bool boundary = next.epoch % s.retrieval.epochs_per_retrieval == 0;
    if (retrieves(s) && boundary && next.step + 1 < s.retrieval.retrievals && next.epoch < s.optimisation.epochs) {
        ++next.step;
        make_new_captions(run_, next.step, next.epoch);
        update_lists(run_, next.step);
    }
    if (boundary || next.epoch == s.optimisation.epochs) evaluate(next);
    state_ = next;
    save();
    run_.crew.keep([&](store::Project& project) {
        project.set_run_epoch(run_.id, state_.epoch);
        run_.context.emit(RunChanged{run_.context.id(), project.ref(run_.id)});
    });
}

void TrainingRun::save() {
    run_.crew.alone([&](store::Project&, JobContext& context) {
        context.begin(fmt::format("Checkpoint of epoch {}", state_.epoch), "files", 0);
        files_.save(state_, run_.captioner, optimiser_);
    });
    saved_ = true;
}

/// Places of the epoch's order that are still to come: videos with a caption that are not known to be unreadable.
std::vector<int64_t> TrainingRun::places() const {
    const auto order = training::epoch_order(run_.train.size(), run_.settings.optimisation.seed, state_.epoch);
    std::vector<int64_t> out;
    for (int64_t place = state_.place; place < std::ssize(order); ++place)
        if (!run_.captions.of(order[place]).empty() && run_.train.readable(order[place])) out.push_back(place);
    return out;
}

TrainingRun::Examples TrainingRun::examples() const {
    const auto& s = run_.settings;
    Examples out;
    const auto prompt = prompt_ids(run_.captioner.tokenizer, s.generation.train_prompt);
    const auto order = training::epoch_order(run_.train.size(), s.optimisation.seed, state_.epoch);
    for (const int64_t place : places()) {
        const int64_t video = order[place];
        const auto& drawn = training::draw_for(training::DrawPurpose::caption, s.optimisation.seed, state_.epoch, video)
                                .pick(run_.captions.of(video));
        training::TrainExample example{video, prompt};
        const auto words = run_.captioner.tokenizer.encode_plain(run_.texts.text(drawn.id));
        example.ids.insert(example.ids.end(), words.begin(), words.end());
        if (example.ids.size() > kLongestCaption - 1) example.ids.resize(kLongestCaption - 1);
        example.ids.push_back(run_.captioner.tokenizer.sep());
        out.all.push_back(std::move(example));
        out.place_after.push_back(place + 1);
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
    e.micro_batch = micro_batch_;
    e.frames = s.clips.frames;
    e.prompt_length = static_cast<int64_t>(prompt_ids(run_.captioner.tokenizer, s.generation.train_prompt).size());
    e.label_smoothing = s.optimisation.label_smoothing;
    e.schedule = {s.optimisation.learning_rate, s.optimisation.minimal_learning_rate,
                  state_.total > 0 ? state_.total : batches_of(examples)};
    e.first_step = state_.batch;
    e.bf16 = run_.machine.bf16;
    e.device = run_.machine.device;
    e.group = run_.crew.group();
    e.stop_asked = [this] { return run_.crew.stop_asked(); };
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
    const auto left = examples();
    const auto count = static_cast<int64_t>(left.all.size());
    if (count == 0 && state_.place > 0) return;  // it was left when all its batches were done
    if (count == 0) {
        throw run_.train.readable_clips().empty()
            ? Error(ErrorCode::damaged, "None of the run's clips can be read", "Put the files back.")
            : Error(ErrorCode::invalid_argument, "No video of the run has a caption to learn from");
    }
    const auto settings = epoch_settings(count);
    run_.context.begin(fmt::format("Epoch {} of {}", state_.epoch + 1, run_.settings.optimisation.epochs), "batches",
                       training::batches_per_epoch(count, settings.batch_size));
    if (state_.place == 0) state_.clips = 0;
    const training::ClipLoader loader = [this](auto batch, const auto& to) { return load(batch, to); };
    try {
        training::train_epoch(run_.captioner.model, optimiser_, left.all, loader, settings, run_.context,
                              [&](const training::BatchReport& report) { on_batch(report, left); });
    } catch (const training::Diverged& e) {
        throw with_names(e);
    }
    run_.train.tell_unreadable(run_.context);
    agree_on_unreadable(run_);
    keep_curves();
}

void TrainingRun::on_batch(const training::BatchReport& report, const Examples& examples) {
    run_.train.tell_unreadable(run_.context);
    tell_of_micro_batch(report.micro_batch);
    state_.batch = report.step + 1;
    state_.clips += report.clips;
    state_.place = examples.place_after[report.end - 1];
    saved_ = false;
    run_.crew.keep([&](store::Project& project) {
        for (const auto& [name, value] :
             {std::pair{"loss", report.loss}, std::pair{"learning_rate", report.learning_rate},
              std::pair{"clips_per_second", report.clips_per_second}}) {
            points_.push_back({name, report.step, value, state_.step});
            run_.context.emit(MetricAdded{run_.context.id(), project.ref(run_.id), points_.back()});
        }
    });
}

void TrainingRun::keep_curves() {
    run_.crew.keep([&](store::Project& project) { project.add_metrics(run_.id, std::exchange(points_, {})); });
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
    if (micro >= micro_batch_) return;
    micro_batch_ = micro;
    run_.context.log(LogLevel::warning,
                     fmt::format("Memory is short: {} clips go through the model at a time; the batch stays {}", micro,
                                 run_.settings.optimisation.batch_size));
}

void TrainingRun::evaluate(const RunState& at) {
    if (!run_.settings.measurement.evaluate) return;
    run_.crew.alone([&](store::Project& project, JobContext& context) { measure(at, project, context); });
}

void TrainingRun::measure(const RunState& at, store::Project& project, JobContext& context) {
    if (run_.evaluation.size() == 0 || run_.on.classes.empty()) return;
    const auto found =
        evaluate_captioner(run_.captioner, run_.clip, run_.evaluation, run_.on, run_.settings, run_.machine, context);
    tam_ = found.tam;
    if (tam_.counted == 0) {
        context.log(LogLevel::warning, "None of the clips to measure CLIP-TAM on can be read: nothing is measured");
        return;
    }
    project.put_predictions(run_.id, at.epoch, found.predictions);
    const std::vector<store::MetricPoint> points = {{"clip_tam_top1", at.epoch, tam_.top1, at.step},
                                                    {"clip_tam_top5", at.epoch, tam_.top5, at.step},
                                                    {kThroughputMetric, at.epoch, found.clips_per_second, at.step}};
    project.add_metrics(run_.id, points);
    for (const auto& point : points) context.emit(MetricAdded{context.id(), project.ref(run_.id), point});
    context.log(LogLevel::info, fmt::format("Epoch {}: CLIP-TAM top-1 {:.1f} %, top-5 {:.1f} % on {} clips", at.epoch,
                                            tam_.top1, tam_.top5, tam_.counted));
}

}  // namespace rest::engine
