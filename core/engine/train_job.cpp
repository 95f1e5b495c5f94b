// SPDX-License-Identifier: GPL-3.0-or-later
// Algorithm 1 as one job.
#include <fmt/format.h>

#include "core/engine/evaluation_step.h"
#include "core/engine/jobs.h"
#include "core/engine/rest_run.h"
#include "core/training/epoch.h"
#include "core/training/sampler.h"

namespace rest {
namespace {

/// The training videos without their labels: nothing below may learn from them.
std::vector<VideoRecord> training_videos(const Project& project) {
    std::vector<VideoRecord> out;
    for (auto& video : project.videos()) {
        if (video.split != Split::train || !video.problem.empty()) continue;
        video.label = -1;
        out.push_back(std::move(video));
    }
    if (out.empty()) {
        throw Error(ErrorCode::invalid_argument, "The project " + project.folder().string() + " has no readable train videos",
                    "Import a folder of videos first.");
    }
    return out;
}

std::string default_name(const TrainSettings& s) {
    const std::string what = s.neighbours == 1 ? "Self-training" : fmt::format("REST, H = {}", s.neighbours);
    return fmt::format("{}, K = {}, {} epochs, seed {}", what, s.captions_per_video, s.epochs, s.seed);
}

class TrainJob final : public Job {
 public:
    explicit TrainJob(TrainParams params) : params_(std::move(params)) {}

    std::string title() const override {
        if (params_.resume) return fmt::format("Train: resume run {}", *params_.resume);
        return "Train: " + (params_.name.empty() ? default_name(params_.settings) : params_.name);
    }

    std::string run(JobContext& context) override {
        Project project = Project::open(params_.project);
        const RunId id = params_.resume ? *params_.resume : add_run(project);
        project.set_run_status(id, RunStatus::running);
        context.emit(RunChanged{context.id(), id});
        try {
            auto line = train(project, id, context);
            finish(project, id, RunStatus::finished, {}, context);
            return line;
        } catch (const Cancelled&) {
            finish(project, id, RunStatus::cancelled, {}, context);
            throw;
        } catch (const std::exception& e) {
            finish(project, id, RunStatus::failed, e.what(), context);
            throw;
        }
    }

 private:
    RunId add_run(Project& project) {
        check_settings(params_.settings);
        return project.add_run(params_.name.empty() ? default_name(params_.settings) : params_.name, to_json(params_.settings));
    }

    static void finish(Project& project, RunId id, RunStatus status, const std::string& message, JobContext& context) {
        project.set_run_status(id, status, message);
        context.emit(RunChanged{context.id(), id});
    }

    std::string train(Project& project, RunId id, JobContext& context);

    TrainParams params_;
};

/// The state of one training beside what RestRun shares.
class Training {
 public:
    Training(RestRun& run, std::vector<VideoRecord> evaluation, const RunFiles& files, AdamW& optimiser)
        : run_(run),
          files_(files),
          optimiser_(optimiser),
          evaluation_(clip_store_settings(run.project, run.settings, run.captioner.model.sizes.vision.image), std::move(evaluation)),
          classes_(run.project.classes()) {}

    /// Lines 1-4, or what a checkpoint says of them.
    void prepare(const RunState* from) {
        find_neighbours(run_);
        if (from != nullptr) {
            state_ = *from;
            reload_lists(run_, state_.step);
            run_.project.trim_metrics(run_.id, state_.batch - 1, state_.epoch);
            return;
        }
        make_first_captions(run_);
        update_lists(run_, 0);
        evaluate();
        files_.save(state_, run_.captioner, optimiser_);
    }

    /// Lines 5-14.
    void loop() {
        const auto& s = run_.settings;
        while (state_.epoch < s.epochs) {
            train_one_epoch();
            ++state_.epoch;
            const bool boundary = state_.epoch % s.epochs_per_retrieval == 0;
            if (boundary && state_.step + 1 < s.retrievals && state_.epoch < s.epochs) {
                ++state_.step;
                make_new_captions(run_, state_.step, state_.epoch);
                update_lists(run_, state_.step);
            }
            if (boundary || state_.epoch == s.epochs) evaluate();
            files_.save(state_, run_.captioner, optimiser_);
            run_.project.set_run_epoch(run_.id, state_.epoch);
            run_.context.emit(RunChanged{run_.context.id(), run_.id});
        }
    }

    const ClipTam& last_tam() const { return tam_; }

 private:
    std::vector<TrainExample> examples() const {
        const auto& s = run_.settings;
        constexpr size_t kLongest = 40;  // tokens, as BLIP's own training
        std::vector<TrainExample> out;
        const auto prompt = prompt_ids(run_.captioner.tokenizer, s.train_prompt);
        for (const int64_t video : epoch_order(run_.train.size(), s.seed, state_.epoch)) {
            const auto& list = run_.lists[video];
            if (list.empty()) continue;
            const auto& held = draw_for(DrawPurpose::caption, s.seed, state_.epoch, video).pick(list);
            TrainExample example{video, prompt};
            const auto words = run_.captioner.tokenizer.encode_plain(run_.texts.text(held.id));
            example.ids.insert(example.ids.end(), words.begin(), words.end());
            if (example.ids.size() > kLongest - 1) example.ids.resize(kLongest - 1);
            example.ids.push_back(run_.captioner.tokenizer.sep());
            out.push_back(std::move(example));
        }
        return out;
    }

    EpochSettings epoch_settings(int64_t examples) const {
        const auto& s = run_.settings;
        EpochSettings e;
        e.batch_size = s.batch_size;
        e.micro_batch = s.micro_batch;
        e.prompt_length = static_cast<int64_t>(prompt_ids(run_.captioner.tokenizer, s.train_prompt).size());
        e.label_smoothing = s.label_smoothing;
        e.schedule = {s.learning_rate, s.minimal_learning_rate, s.epochs * batches_per_epoch(examples, s.batch_size)};
        e.first_step = state_.batch;
        e.bf16 = run_.machine.bf16;
        e.device = run_.machine.device;
        return e;
    }

    torch::Tensor load(std::span<const TrainExample> batch) const {
        const auto& s = run_.settings;
        std::vector<int64_t> indices;
        for (const auto& example : batch) indices.push_back(example.video);
        if (!s.augment) return run_.train.test_views(indices);
        const AugmentationSettings augmentation = {.size = static_cast<int>(run_.captioner.model.sizes.vision.image),
                                                   .flip = s.flip,
                                                   .colour_jitter = s.colour_jitter,
                                                   .grey = s.grey};
        return run_.train.train_views(indices, augmentation, s.seed, state_.epoch);
    }

    void train_one_epoch() {
        const auto all = examples();
        if (all.empty()) throw Error(ErrorCode::invalid_argument, "No video of the run has a caption to learn from");
        const auto settings = epoch_settings(static_cast<int64_t>(all.size()));
        run_.context.begin(fmt::format("Epoch {} of {}", state_.epoch + 1, run_.settings.epochs), "batches",
                           batches_per_epoch(static_cast<int64_t>(all.size()), settings.batch_size));
        std::vector<MetricPoint> points;
        train_epoch(run_.captioner.model, optimiser_, all, [this](auto batch) { return load(batch); }, settings, run_.context,
                    [&](const BatchReport& report) {
                        for (const auto& [name, value] : {std::pair{"loss", report.loss},
                                                          std::pair{"learning_rate", report.learning_rate},
                                                          std::pair{"clips_per_second", report.clips_per_second}}) {
                            points.push_back({name, report.step, value, state_.step});
                            run_.context.emit(MetricAdded{run_.context.id(), run_.id, points.back()});
                        }
                    });
        state_.batch += batches_per_epoch(static_cast<int64_t>(all.size()), settings.batch_size);
        run_.project.add_metrics(run_.id, points);
    }

    void evaluate() {
        if (!run_.settings.evaluate || evaluation_.size() == 0 || classes_.empty()) return;
        const auto found = evaluate_captioner(run_.captioner, run_.clip, evaluation_, classes_, run_.settings, run_.machine, run_.context);
        tam_ = found.tam;
        run_.project.put_predictions(run_.id, state_.epoch, found.predictions);
        const std::vector<MetricPoint> points = {{"clip_tam_top1", state_.epoch, tam_.top1, state_.step},
                                                 {"clip_tam_top5", state_.epoch, tam_.top5, state_.step}};
        run_.project.add_metrics(run_.id, points);
        for (const auto& point : points) run_.context.emit(MetricAdded{run_.context.id(), run_.id, point});
        run_.context.log(LogLevel::info, fmt::format("Epoch {}: CLIP-TAM top-1 {:.1f} %, top-5 {:.1f} % on {} clips",
                                                     state_.epoch, tam_.top1, tam_.top5, tam_.counted));
    }

    RestRun& run_;
    const RunFiles& files_;
    AdamW& optimiser_;
    ClipStore evaluation_;
    std::vector<std::string> classes_;
    RunState state_;
    ClipTam tam_;
};

std::string TrainJob::train(Project& project, RunId id, JobContext& context) {
    const auto record = project.run(id);
    if (!record) throw Error(ErrorCode::not_found, fmt::format("The project has no run {}", id));
    const auto settings = settings_from_json(record->settings_json);
    const RunFiles files(project.checkpoints_dir(id), settings.keep_checkpoints);
    const auto checkpoints = params_.resume ? files.checkpoints() : decltype(files.checkpoints()){};
    const auto machine = prepare_machine(settings);
    const auto models = project.models();
    context.log(LogLevel::info, "Running on " + machine.description());
    auto captioner = load_captioner(checkpoints.empty() ? captioner_folder(models) : checkpoints[0].second, settings, machine);
    captioner.source.file = captioner_folder(models);
    auto clip = load_clip(clip_folder(models), settings, machine);
    auto flat = FlatParameters::adopt(captioner.model.weights);
    captioner.model.rebuild();
    AdamW optimiser(flat, {settings.beta1, settings.beta2, 1e-8, settings.weight_decay});
    if (!checkpoints.empty()) RunFiles::restore_optimiser(checkpoints[0].second, optimiser);
    const auto clips = clip_store_settings(project, settings, captioner.model.sizes.vision.image);
    RestRun run{project, id, settings, machine, std::move(captioner), std::move(clip), ClipStore(clips, training_videos(project)),
                context, {}, {}, {}, {}, {}};
    Training training(run, evaluation_videos(project), files, optimiser);
    training.prepare(checkpoints.empty() ? nullptr : &checkpoints[0].first);
    training.loop();
    for (const auto& [index, problem] : run.train.unreadable()) {
        context.log(LogLevel::warning, run.train.video(index).name + ": " + problem.message);
    }
    if (training.last_tam().counted == 0) return fmt::format("{} epochs on {} clips", settings.epochs, run.train.size());
    return fmt::format("{} epochs on {} clips, CLIP-TAM top-1 {:.1f} %, top-5 {:.1f} %", settings.epochs, run.train.size(),
                       training.last_tam().top1, training.last_tam().top5);
}

}  // namespace

std::unique_ptr<Job> make_train_job(const TrainParams& params) { return std::make_unique<TrainJob>(params); }

}  // namespace rest
