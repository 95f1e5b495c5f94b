// SPDX-License-Identifier: GPL-3.0-or-later
// Algorithm 1 as one job.
#include <fmt/format.h>

#include "core/base/file_error.h"
#include "core/base/strings.h"
#include "core/engine/inference/run_cautions.h"
#include "core/engine/run/run_setup.h"
#include "core/engine/run/train_job.h"
#include "core/engine/run/train_order.h"
#include "core/engine/run/training_run.h"

namespace rest::engine {
namespace {

namespace fs = std::filesystem;

std::string default_name(const TrainSettings& s) {
    if (s.supervision.learn_from == LearnFrom::class_names)
        return fmt::format("Class names, {} epochs, seed {}", s.optimisation.epochs, s.optimisation.seed);
    const std::string what =
        s.retrieval.neighbours == 1 ? "Self-training" : fmt::format("REST, H = {}", s.retrieval.neighbours);
    return fmt::format("{}, K = {}, {} epochs, seed {}", what, s.retrieval.captions_per_video, s.optimisation.epochs,
                       s.optimisation.seed);
}

class TrainJob final : public Job {
  public:
    using Done = std::function<void(const TrainResult&)>;
    TrainJob(TrainParams params, Done done) : params_(std::move(params)), done_(std::move(done)) {}

    std::string title() const override {
        if (params_.resume) return fmt::format("Train: resume run {}", *params_.resume);
        return "Train: " + (params_.name.empty() ? default_name(params_.settings) : params_.name);
    }

    fs::path project() const override { return params_.project; }

    std::optional<JobOrder> order() const override { return order_of(params_, title()); }

    std::string run(JobContext& context) override {
        store::Project project = store::Project::open(params_.project);
        require_queued_models(project, params_);
        const store::RunId id = params_.resume ? *params_.resume : add_run(project);
        const auto settings = settings_of_run(project, id, params_, context);  // if it throws, the run is unchanged
        try {
            project.set_run_status(id, store::RunStatus::running);
            context.emit(RunChanged{context.id(), project.ref(id)});
            auto line = train(project, id, settings, context);
            finish(project, id, store::RunStatus::finished, {}, context);
            return line;
        } catch (const Cancelled&) {
            give_up(project, id, store::RunStatus::cancelled, {}, context);
            throw;
        } catch (const Error& e) {
            give_up(project, id, store::RunStatus::failed, e.what(), context);
            throw with_way_on(e);
        } catch (const fs::filesystem_error& e) {
            give_up(project, id, store::RunStatus::failed, e.what(), context);
            throw with_way_on(file_error(e));
        } catch (const std::exception& e) {
            give_up(project, id, store::RunStatus::failed, e.what(), context);
            throw;
        }
    }

  private:
    store::RunId add_run(store::Project& project) {
        check_settings(params_.settings);
        return project.add_run(params_.name.empty() ? default_name(params_.settings) : params_.name,
                               to_json(params_.settings));
    }

    static void finish(store::Project& project, store::RunId id, store::RunStatus status, const std::string& message,
                       JobContext& context) {
        project.set_run_status(id, status, message);
        context.emit(RunChanged{context.id(), project.ref(id)});
    }

    /// The disk error that ended the run may prevent storing its status too: the first error is the one reported.
    static void give_up(store::Project& project, store::RunId id, store::RunStatus status, const std::string& message,
                        JobContext& context) {
        try {
            finish(project, id, status, message, context);
        } catch (const Error& e) {
            context.log(LogLevel::warning, std::string("How the run ended could not be saved: ") + e.what());
        }
    }

    /// A run stopped by a disk error can be resumed.
    Error with_way_on(const Error& e) const {
        if (e.code() != ErrorCode::no_space && e.code() != ErrorCode::io) return e;
        return Error(e.code(), e.what(),
                     fmt::format("{} Then resume the run (rest train {} --resume): what it had finished is kept.",
                                 e.remedy(), shell_word(params_.project.string())));
    }

    std::string train(store::Project& project, store::RunId id, const TrainSettings& settings, JobContext& context);
    std::string report(const RestRun& run, const TrainingRun& training, int64_t steps) const;

    TrainParams params_;
    Done done_;
};

/// Leaves out the clips excluded from the start.
void leave_out(ClipStore& clips, const std::vector<ClipChange>& changes, ChangedClips choice) {
    for (const auto& change : changes) clips.leave_out(change.index, change.why, choice == ChangedClips::leave_out);
}

std::string TrainJob::train(store::Project& project, store::RunId id, const TrainSettings& settings,
                            JobContext& context) {
    const RunFiles files(project.checkpoints_dir(id), settings.machine.keep_checkpoints);
    auto clips = clips_of_run(project, id, settings, params_, context);
    const auto checkpoint = params_.resume ? files.newest_intact(context) : std::nullopt;
    auto machine = prepare_machine(settings.machine);
    const auto models = models_of_run(project, id, settings, checkpoint.has_value(), machine, context);
    context.log(LogLevel::info, "Running on " + machine.description());
    if (checkpoint)
        context.log(LogLevel::info, fmt::format("Run {} continues after epoch {}", id, checkpoint->first.epoch));
    // Once there is a checkpoint, the captioner that the run began with may be gone.
    const auto begin = checkpoint ? checkpoint->second : starting_captioner(project.models(), settings.supervision);
    auto captioner = load_captioner(begin, settings.clips, settings.optimisation.seed, machine);
    auto clip = load_clip(clip_folder(project.models()), settings.clips.image_size, machine);
    if (!checkpoint) keep_cautions(project, id, cautions_of(captioner.source, clip));
    for (const auto& line : kept_cautions(project, id)) context.log(LogLevel::warning, line);
    if (!settings.clips.temporal_adapter && captioner.source.kind == checkpoint::CheckpointKind::gar) {
        context.log(LogLevel::warning,
                    fmt::format("temporal_adapter is off: the adapters of {} are left out", begin.string()));
    }
    auto flat = training::make_trainable(captioner.model);
    training::AdamW optimiser(
        flat, {settings.optimisation.beta1, settings.optimisation.beta2, 1e-8, settings.optimisation.weight_decay});
    if (checkpoint) RunFiles::restore_optimiser(checkpoint->second, optimiser);
    const auto reading = clip_store_settings(project, settings, captioner.model.sizes.vision.image, context);
    const auto measured = clips.start.evaluation.videos;
    RestRun run{project,
                id,
                settings,
                machine,
                std::move(captioner),
                std::move(clip),
                begin.string() + " " + models.captioner.key() + machine.key_suffix(),
                ClipStore(reading, std::move(clips.start.train)),
                std::move(clips.start.evaluation),
                ClipStore(reading, measured),
                context};
    leave_out(run.train, clips.changes.train, params_.changed_clips);
    leave_out(run.evaluation, clips.changes.evaluation, params_.changed_clips);
    run.train.tell_unreadable(context);
    run.evaluation.tell_unreadable(context);
    TrainingRun training(run, files, optimiser);
    training.prepare(checkpoint ? &checkpoint->first : nullptr);
    training.loop();
    return report(run, training, optimiser.steps());
}

std::string TrainJob::report(const RestRun& run, const TrainingRun& training, int64_t steps) const {
    TrainResult result{
        .run = run.id, .epochs = training.state().epoch, .steps = steps, .clips = training.state().clips};
    for (const auto& [index, problem] : run.train.unreadable()) result.left_out.push_back(run.train.video(index).name);
    auto line = fmt::format("{} epochs on {} clips", result.epochs, result.clips);
    if (!result.left_out.empty()) line += fmt::format(", {} of {} left out", result.left_out.size(), run.train.size());
    if (done_) done_(result);
    const auto& tam = training.last_tam();
    if (tam.counted == 0) return line;
    return line + fmt::format(", CLIP-TAM top-1 {:.1f} %, top-5 {:.1f} % on {} clips", tam.top1, tam.top5, tam.counted);
}

}  // namespace

std::unique_ptr<Job> make_train_job(const TrainParams& params, std::function<void(const TrainResult&)> done) {
    return std::make_unique<TrainJob>(params, std::move(done));
}

std::unique_ptr<Job> make_train_job(const JobOrder& order) {
    return make_train_job(params_of(order));
}

}  // namespace rest::engine
