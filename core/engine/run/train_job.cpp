// SPDX-License-Identifier: GPL-3.0-or-later
// Algorithm 1 as one job.
#include <fmt/format.h>

#include "core/base/file_error.h"
#include "core/base/strings.h"
#include "core/engine/run/train_job.h"
#include "core/engine/run/training_run.h"

namespace rest::engine {
namespace {

namespace fs = std::filesystem;

constexpr const char* kOrderKind = "train";

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

    std::optional<JobOrder> order() const override {
        return JobOrder{.kind = kOrderKind,
                        .project = fs::absolute(params_.project),
                        .title = title(),
                        .name = params_.name,
                        .settings = params_.resume ? std::string() : to_json(params_.settings),
                        .run = params_.resume.value_or(0),
                        .models = params_.models};
    }

    std::string run(JobContext& context) override {
        store::Project project = store::Project::open(params_.project);
        if (params_.models) require_same_models(project.models());
        const store::RunId id = params_.resume ? *params_.resume : add_run(project);
        try {
            project.set_run_status(id, store::RunStatus::running);
            context.emit(RunChanged{context.id(), project.ref(id)});
            auto line = train(project, id, context);
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

    void require_same_models(const store::ProjectModels& now) const {
        const auto require = [](const char* what, const std::string& then, const std::string& model) {
            if (then == model) return;
            const auto shown = [](const std::string& path) {
                return path.empty() ? std::string("the demo model") : path;
            };
            throw Error(ErrorCode::invalid_argument,
                        fmt::format("The training was queued with the {} {}, and the project has {} now", what,
                                    shown(then), shown(model)),
                        "Choose that model again and try once more, or start a new training with this one.");
        };
        require("captioner", params_.models->captioner, now.captioner);
        require("CLIP", params_.models->clip, now.clip);
    }

    static void finish(store::Project& project, store::RunId id, store::RunStatus status, const std::string& message,
                       JobContext& context) {
        project.set_run_status(id, status, message);
        context.emit(RunChanged{context.id(), project.ref(id)});
    }

    /// The disk that ended the run may not take the news either: what ended it is told then, not that.
    static void give_up(store::Project& project, store::RunId id, store::RunStatus status, const std::string& message,
                        JobContext& context) {
        try {
            finish(project, id, status, message, context);
        } catch (const Error& e) {
            context.log(LogLevel::warning, std::string("How the run ended could not be kept: ") + e.what());
        }
    }

    /// A run that a disk has stopped goes on where it was.
    Error with_way_on(const Error& e) const {
        if (e.code() != ErrorCode::no_space && e.code() != ErrorCode::io) return e;
        return Error(e.code(), e.what(),
                     fmt::format("{} Then resume the run (rest train {} --resume): what it had finished is kept.",
                                 e.remedy(), shell_word(params_.project.string())));
    }

    std::string train(store::Project& project, store::RunId id, JobContext& context);

    TrainParams params_;
    Done done_;
};

std::string TrainJob::train(store::Project& project, store::RunId id, JobContext& context) {
    const auto record = project.run(id);
    if (!record) throw Error(ErrorCode::not_found, fmt::format("The project has no run {}", id));
    const auto settings = settings_from_json(record->settings_json);
    const RunFiles files(project.checkpoints_dir(id), settings.machine.keep_checkpoints);
    const auto checkpoint = params_.resume ? files.newest_intact(context) : std::nullopt;
    const auto machine = prepare_machine(settings.machine);
    const auto models = project.models();
    context.log(LogLevel::info, "Running on " + machine.description());
    const auto begin = starting_captioner(models, settings.supervision);
    auto captioner =
        load_captioner(checkpoint ? checkpoint->second : begin, settings.clips, settings.optimisation.seed, machine);
    captioner.source.file = begin;
    auto clip = load_clip(clip_folder(models), settings.clips.image_size, machine);
    auto flat = training::make_trainable(captioner.model);
    training::AdamW optimiser(
        flat, {settings.optimisation.beta1, settings.optimisation.beta2, 1e-8, settings.optimisation.weight_decay});
    if (checkpoint) RunFiles::restore_optimiser(checkpoint->second, optimiser);
    const auto clips = clip_store_settings(project, settings.clips.frames, captioner.model.sizes.vision.image);
    RestRun run{project,
                id,
                settings,
                machine,
                std::move(captioner),
                std::move(clip),
                ClipStore(clips, training_videos(project, settings.supervision, context)),
                context};
    TrainingRun training(run, evaluation_clips(project, settings.supervision.test_list), files, optimiser);
    training.prepare(checkpoint ? &checkpoint->first : nullptr);
    training.loop();
    for (const auto& [index, problem] : run.train.unreadable()) {
        context.log(LogLevel::warning, run.train.video(index).name + ": " + problem.message);
    }
    if (done_) done_({id, settings.optimisation.epochs, run.train.size()});
    if (training.last_tam().counted == 0)
        return fmt::format("{} epochs on {} clips", settings.optimisation.epochs, run.train.size());
    return fmt::format("{} epochs on {} clips, CLIP-TAM top-1 {:.1f} %, top-5 {:.1f} %", settings.optimisation.epochs,
                       run.train.size(), training.last_tam().top1, training.last_tam().top5);
}

}  // namespace

std::unique_ptr<Job> make_train_job(const TrainParams& params, std::function<void(const TrainResult&)> done) {
    return std::make_unique<TrainJob>(params, std::move(done));
}

std::unique_ptr<Job> make_train_job(const JobOrder& order) {
    if (order.kind != kOrderKind) {
        throw Error(ErrorCode::unsupported,
                    fmt::format("\"{}\" is a job of a kind ({}) that is unknown", order.title, order.kind),
                    "A newer version of REST Studio has queued it: start it there.");
    }
    TrainParams params{.project = order.project, .name = order.name, .models = order.models};
    if (order.run != 0)
        params.resume = order.run;
    else
        params.settings = settings_from_json(order.settings);
    return make_train_job(params);
}

}  // namespace rest::engine
