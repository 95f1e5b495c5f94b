// SPDX-License-Identifier: GPL-3.0-or-later
// Algorithm 1 as one job.
#include <fmt/format.h>

#include "core/base/file_error.h"
#include "core/base/parallel.h"
#include "core/base/strings.h"
#include "core/distributed/stopping.h"
#include "core/engine/inference/run_cautions.h"
#include "core/engine/run/begun_before.h"
#include "core/engine/run/handshake.h"
#include "core/engine/run/run_plan.h"
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
        const auto joined = join(params_.together, context);
        return distributed::or_give_up(
            *joined.group, [&] { return joined.group->rank() == 0 ? lead(joined, context) : assist(joined, context); });
    }

  private:
    /// In the process that owns the project.
    std::string lead(const Joined& joined, JobContext& context) {
        store::Project project = store::Project::open(params_.project);
        require_queued_models(project, params_);
        if (!params_.resume) params_.resume = begun_before(project, params_.launch);
        const store::RunId id = params_.resume ? *params_.resume : add_run(project);
        const auto settings = settings_of_run(project, id, params_, context);  // if it throws, the run is unchanged
        try {
            project.set_run_status(id, store::RunStatus::running);
            context.emit(RunChanged{context.id(), project.ref(id)});
            auto line = train(joined, project, id, settings, context);
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

    std::string train(const Joined& joined, store::Project& project, store::RunId id, const TrainSettings& settings,
                      JobContext& context) {
        Crew crew(*joined.group, &project, context);
        auto machine = machine_of(settings, joined.part);
        auto plan = told_plan(crew, plan_of_run(project, id, settings, params_, machine, context));
        return train_by(crew, std::move(plan), joined.part, machine);
    }

    /// In any other process.
    std::string assist(const Joined& joined, JobContext& context) {
        Crew crew(*joined.group, nullptr, context);
        auto plan = told_plan(crew, {});
        auto machine = machine_of(plan.settings, joined.part);
        machine.bf16 = machine.bf16 && plan.bf16;
        return train_by(crew, std::move(plan), joined.part, machine);
    }

    static Machine machine_of(const TrainSettings& settings, const MachinePart& part) {
        return prepare_machine(part_of_machine(settings.machine, part, gpu_count(), processor_count()));
    }

    store::RunId add_run(store::Project& project) {
        check_settings(params_.settings);
        const auto id = project.add_run(params_.name.empty() ? default_name(params_.settings) : params_.name,
                                        to_json(params_.settings));
        keep_launch(project, id, params_.launch);
        return id;
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

    std::string train_by(Crew& crew, RunPlan plan, const MachinePart& part, Machine machine);
    std::string report(const RestRun& run, const TrainingRun& training, int64_t steps) const;

    TrainParams params_;
    Done done_;
};

/// Leaves out the clips excluded from the start.
void leave_out(ClipStore& clips, const RunPlan::LeftOut& which, bool agreed) {
    for (const auto& [index, why] : which) clips.leave_out(index, why, agreed);
}

void tell_cautions(Crew& crew, const RunPlan& plan, const std::vector<std::string>& found) {
    crew.keep([&](store::Project& project) {
        if (!plan.checkpoint) keep_cautions(project, plan.run, found);
        for (const auto& line : kept_cautions(project, plan.run)) crew.context().log(LogLevel::warning, line);
    });
}

std::string TrainJob::train_by(Crew& crew, RunPlan plan, const MachinePart& part, Machine machine) {
    refuse_other_means(crew, plan, part, machine);
    const auto& settings = plan.settings;
    auto& context = crew.context();
    const RunFiles files(plan.checkpoints, settings.machine.keep_checkpoints);
    context.log(LogLevel::info, "Running on " + machine.description());
    if (crew.size() > 1) context.log(LogLevel::info, fmt::format("{} processes train together", crew.size()));
    if (plan.checkpoint) {
        context.log(LogLevel::info,
                    fmt::format("Run {} continues after epoch {}", plan.run, plan.checkpoint->first.epoch));
    }
    auto captioner = load_captioner(plan.loaded(), settings.clips, settings.optimisation.seed, machine);
    auto clip = load_clip(clip_folder(plan.models), settings.clips.image_size, machine);
    tell_cautions(crew, plan, cautions_of(captioner.source, clip));
    if (!settings.clips.temporal_adapter && captioner.source.kind == checkpoint::CheckpointKind::gar) {
        context.log(LogLevel::warning,
                    fmt::format("temporal_adapter is off: those of {} are left out", plan.loaded().string()));
    }
    auto flat = training::make_trainable(captioner.model);
    training::AdamW optimiser(
        flat, {settings.optimisation.beta1, settings.optimisation.beta2, 1e-8, settings.optimisation.weight_decay});
    if (plan.checkpoint) RunFiles::restore_optimiser(plan.checkpoint->second, optimiser);
    const auto reading = clip_store_settings(plan.frames, settings, captioner.model.sizes.vision.image, context);
    const auto measured = plan.evaluation.videos;
    RestRun run{crew,
                plan.run,
                settings,
                machine,
                std::move(captioner),
                std::move(clip),
                plan.loaded().string() + " " + plan.identities.captioner.key() + machine.key_suffix(),
                ClipStore(reading, std::move(plan.train)),
                std::move(plan.evaluation),
                ClipStore(reading, measured),
                context};
    leave_out(run.train, plan.left_out, plan.left_out_by_agreement);
    leave_out(run.evaluation, plan.evaluation_left_out, plan.left_out_by_agreement);
    run.train.tell_unreadable(context);
    run.evaluation.tell_unreadable(context);
    for (const auto& [index, why] : plan.left_out) run.unreadable.insert(index);
    TrainingRun training(run, files, optimiser);
    training.prepare(plan.checkpoint ? &plan.checkpoint->first : nullptr);
    training.loop();
    return report(run, training, optimiser.steps());
}

std::string TrainJob::report(const RestRun& run, const TrainingRun& training, int64_t steps) const {
    TrainResult result{
        .run = run.id, .epochs = training.state().epoch, .steps = steps, .clips = training.state().clips};
    for (const auto& [index, problem] : run.train.unreadable()) result.left_out.push_back(run.train.video(index).name);
    auto line = fmt::format("{} epochs on {} clips", result.epochs, result.clips);
    if (!result.left_out.empty()) line += fmt::format(", {} of {} left out", result.left_out.size(), run.train.size());
    if (done_ && run.crew.owns_project()) done_(result);
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
