// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "core/engine/evaluation_step.h"
#include "core/engine/jobs.h"
#include "core/engine/run_files.h"

namespace rest {
namespace {

class EvaluateJob final : public Job {
 public:
    EvaluateJob(EvaluateParams params, std::function<void(const EvaluateResult&)> done)
        : params_(std::move(params)), done_(std::move(done)) {}

    std::string title() const override { return "Evaluate " + params_.project.filename().string(); }

    std::string run(JobContext& context) override {
        const Project project = Project::open(params_.project, OpenMode::read_only);
        const auto record = find_run(project);
        auto settings = settings_from_json(record.settings_json);
        settings.device = params_.machine.device;
        settings.precision = params_.machine.precision;
        settings.threads = params_.machine.threads;
        const auto checkpoints = RunFiles(project.checkpoints_dir(record.id), 1).checkpoints();
        if (checkpoints.empty()) {
            throw Error(ErrorCode::not_found, fmt::format("Run {} has no checkpoint yet", record.id), "Train it first.");
        }
        const auto machine = prepare_machine(settings);
        const auto captioner = load_captioner(checkpoints[0].second, settings, machine);
        const auto clip = load_clip(clip_folder(project.models()), settings, machine);
        const ClipStore clips(clip_store_settings(project, settings, captioner.model.sizes.vision.image), evaluation_videos(project));
        if (clips.size() == 0 || project.classes().empty()) {
            throw Error(ErrorCode::invalid_argument, "The project has no labelled val or test videos",
                        "Import a folder with class folders under val/.");
        }
        const auto found = evaluate_captioner(captioner, clip, clips, project.classes(), settings, machine, context);
        std::vector<std::string> captions;
        for (const auto& prediction : found.predictions) captions.push_back(prediction.caption);
        const EvaluateResult result{.run = record.id,
                                    .epoch = checkpoints[0].first.epoch,
                                    .seed = static_cast<uint64_t>(settings.seed),
                                    .checkpoint = checkpoints[0].second.string(),
                                    .clip = clip_folder(project.models()).string(),
                                    .classes = project.classes(),
                                    .labelled_clips = labelled_video_count(project),
                                    .report = report_clip_tam(found.tam, found.labels),
                                    .captions = caption_quality(captions)};
        done_(result);
        return fmt::format("Run {}, epoch {}: CLIP-TAM top-1 {:.1f} %, top-5 {:.1f} % on {} of {} clips", result.run,
                           result.epoch, result.report.top1, result.report.top5, result.report.counted, result.labelled_clips);
    }

 private:
    RunRecord find_run(const Project& project) const {
        const auto runs = project.runs();
        if (runs.empty()) throw Error(ErrorCode::not_found, "The project has no runs", "Train first.");
        if (!params_.run) return runs.back();
        const auto found = project.run(*params_.run);
        if (!found) throw Error(ErrorCode::not_found, fmt::format("The project has no run {}", *params_.run));
        return *found;
    }

    EvaluateParams params_;
    std::function<void(const EvaluateResult&)> done_;
};

}  // namespace

std::unique_ptr<Job> make_evaluate_job(const EvaluateParams& params, std::function<void(const EvaluateResult&)> done) {
    return std::make_unique<EvaluateJob>(params, std::move(done));
}

}  // namespace rest
