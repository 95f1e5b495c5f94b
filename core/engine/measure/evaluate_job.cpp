// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "core/engine/inference/run_cautions.h"
#include "core/engine/measure/baselines.h"
#include "core/engine/measure/evaluate_job.h"
#include "core/engine/measure/stored_report.h"
#include "core/engine/run/run_files.h"

namespace rest::engine {
namespace {

std::string title_of(store::RunKind kind) {
    switch (kind) {
        case store::RunKind::blip:
            return "BLIP, first captions";
        case store::RunKind::clip:
            return "CLIP zero-shot";
        case store::RunKind::blip_retrieval:
            return "BLIP in CLIP mode";
        case store::RunKind::training:
            break;
    }
    return "run";
}

/// One evaluation: which run, its captions, CLIP-TAM.
class Evaluate {
  public:
    Evaluate(const EvaluateParams& params, JobContext& context)
        : params_(params),
          context_(context),
          project_(store::Project::open(params.project, store::OpenMode::read_only)) {
        settings_ = params.settings;
        if (params.kind == store::RunKind::training) {
            choose_run();
        } else {
            choose_baseline();
        }
        if (!params.class_templates.empty()) settings_.measurement.class_templates = params.class_templates;
        check_settings(settings_);
        machine_ = prepare_machine(settings_.machine);
        on_ = evaluation_clips(project_, settings_.supervision.test_list, &context_);
        if (on_.videos.empty()) {
            throw Error(ErrorCode::invalid_argument, "The project has no labelled val or test videos",
                        "Import a folder with class folders under val/.");
        }
    }

    EvaluateResult run() {
        Evaluation found;
        if (params_.kind == store::RunKind::clip || params_.kind == store::RunKind::blip_retrieval) {
            found = rank_class_names();
            say(found.cautions);
            store(found.predictions);
        } else {
            const auto clip = load_clip(clip_folder(project_.models()), settings_.clips.image_size, machine_);
            say(clip.cautions);
            const auto known = captions();
            found = score_captions(clip, known, on_, settings_.measurement.class_templates, machine_, context_);
            if (clips_per_second_ > 0 || only_adds_nearest(known, found.predictions)) store(found.predictions);
        }
        return result(found);
    }

  private:
    void choose_run() {
        record_ = project_.trained_run(params_.run);
        settings_ = settings_from_json(record_.settings_json);
        settings_.machine.device = params_.settings.machine.device;
        settings_.machine.precision = params_.settings.machine.precision;
        settings_.machine.threads = params_.settings.machine.threads;
        choose_epoch();
    }

    /// The requested epoch, or the newest; its checkpoint if it still exists.
    void choose_epoch() {
        const auto checkpoints = RunFiles(project_.checkpoints_dir(record_.id), 1).checkpoints();
        const auto epochs = project_.prediction_epochs(record_.id);
        if (!params_.epoch && checkpoints.empty() && epochs.empty()) {
            throw Error(ErrorCode::not_found, fmt::format("Run {} has no checkpoint yet", record_.id),
                        "Train it first.");
        }
        epoch_ = params_.epoch.value_or(checkpoints.empty() ? epochs.back() : checkpoints.front().first.epoch);
        for (const auto& [state, folder] : checkpoints) {
            if (state.epoch == epoch_) model_ = folder;
        }
        if (model_.empty() && std::ranges::find(epochs, epoch_) == epochs.end()) {
            throw Error(ErrorCode::not_found,
                        fmt::format("Run {} has neither captions nor a checkpoint of epoch {}", record_.id, epoch_),
                        fmt::format("Measured epochs: {}.", fmt::join(epochs, ", ")));
        }
    }

    /// A baseline that was measured with the same settings and weights is reused.
    void choose_baseline() {
        model_ = baseline_weights(params_.kind, params_.model, project_.models());
        settings_ = baseline_settings();
        settings_.supervision.start_from = model_.string();
        if (!params_.class_templates.empty()) settings_.measurement.class_templates = params_.class_templates;
        const auto json = to_json(settings_);
        for (const auto& run : project_.runs()) {
            if (run.kind == params_.kind && to_json(settings_from_json(run.settings_json)) == json) record_ = run;
        }
        if (record_.id > 0) return;
        record_.kind = params_.kind;
        // A trained model measured on another project's clips is not a plain BLIP.
        const bool other = params_.kind == store::RunKind::blip && !is_projects_captioner();
        record_.name = other ? "Captioner " + (model_.parent_path().filename() / model_.filename()).string()
                             : title_of(params_.kind);
        record_.settings_json = json;
    }

    bool is_projects_captioner() const {
        if (params_.model.empty()) return true;
        try {
            return model_ == captioner_folder(project_.models());
        } catch (const Error&) {
            return false;  // the project's is missing, and not needed
        }
    }

    /// Uses the newest trained run's clip and caption settings, so that both are measured alike.
    TrainSettings baseline_settings() const {
        auto like = params_.settings;
        if (params_.settings_as_given) return for_weights_as_they_come(like);
        if (const auto run = project_.latest_run()) like = settings_from_json(run->settings_json, params_.settings);
        auto out = params_.settings;
        out.clips.frames = like.clips.frames;
        out.clips.image_size = like.clips.image_size;
        out.generation = like.generation;
        out.supervision.test_list = like.supervision.test_list;
        out.measurement.class_templates = like.measurement.class_templates;
        return for_weights_as_they_come(out);
    }

    /// A plain BLIP gets no adapters: it would not be the published model.
    TrainSettings for_weights_as_they_come(TrainSettings settings) const {
        settings.clips.temporal_adapter = has_temporal_adapter(model_);
        return settings;
    }

    /// The project's captions, and new ones for clips without.
    std::vector<store::PredictionRecord> captions() {
        auto known = record_.id > 0 ? project_.predictions(record_.id, epoch_) : std::vector<store::PredictionRecord>{};
        std::unordered_set<store::VideoId> captioned;
        for (const auto& p : known) captioned.insert(p.video);
        std::vector<int64_t> missing;  // of on_.videos
        for (int64_t i = 0; i < std::ssize(on_.videos); ++i) {
            if (!captioned.contains(on_.videos[i].id)) missing.push_back(i);
        }
        if (missing.empty()) return known;
        if (model_.empty()) {
            throw Error(ErrorCode::not_found,
                        fmt::format("{} clips have no caption of epoch {} and its checkpoint is missing",
                                    missing.size(), epoch_),
                        "Evaluate the newest epoch.");
        }
        if (record_.kind == store::RunKind::training && !RunFiles::is_intact(model_)) {
            throw Error(ErrorCode::damaged,
                        "The checkpoint " + model_.string() + " is damaged: its content has changed on disk",
                        "Evaluate another epoch (--epoch), or restore the project's checkpoints from a copy.");
        }
        auto as_they_are = settings_.clips;
        as_they_are.temporal_adapter = true;  // if the weights have one
        const auto captioner = load_captioner(model_, as_they_are, {}, machine_);
        say(cautions_of(captioner.source));
        const ClipStore clips(
            clip_store_settings(project_.frames_dir(), settings_, captioner.model.sizes.vision.image, context_),
            on_.videos);
        const auto made = caption_clips(captioner, clips, missing, settings_.generation, machine_, context_);
        clips_per_second_ = made.clips_per_second;
        known.insert(known.end(), made.captions.begin(), made.captions.end());
        return known;
    }

    /// Where an older version measured, the nearest classes are not kept yet; they are put beside predictions that come
    /// out as they were, and beside no others: a report that people quote does not change by being looked at.
    static bool only_adds_nearest(const std::vector<store::PredictionRecord>& known,
                                  const std::vector<store::PredictionRecord>& found) {
        const auto lacks = [](const store::PredictionRecord& p) { return p.nearest.empty(); };
        std::unordered_map<store::VideoId, const store::PredictionRecord*> before;
        for (const auto& p : known) before.emplace(p.video, &p);
        return std::ranges::any_of(known, lacks) && std::ranges::all_of(found, [&](const auto& p) {
                   const auto* old = before.at(p.video);
                   return old->predicted == p.predicted && old->rank == p.rank;
               });
    }

    Evaluation rank_class_names() {
        const BaselineInput input = {project_, on_, settings_, machine_};
        return params_.kind == store::RunKind::clip ? clip_zero_shot(model_, input, context_)
                                                    : blip_zero_shot(model_, input, context_);
    }

    /// A trained run's cautions were logged when it began, and are stored with it.
    void say(const std::vector<std::string>& cautions) {
        for (const auto& line : cautions) {
            if (std::ranges::find(cautions_, line) != cautions_.end()) continue;
            context_.log(LogLevel::warning, line);
            cautions_.push_back(line);
        }
    }

    std::vector<std::string> all_cautions() const {
        auto lines = kept_cautions(project_, record_.id);
        for (const auto& line : cautions_) {
            if (std::ranges::find(lines, line) == lines.end()) lines.push_back(line);
        }
        return lines;
    }

    void store(const std::vector<store::PredictionRecord>& predictions) {
        store::Project project = store::Project::open(params_.project);
        if (record_.id == 0) {
            record_.id = project.add_run(record_.name, record_.settings_json, record_.kind);
            project.set_run_status(record_.id, store::RunStatus::finished);
        }
        if (!cautions_.empty()) keep_cautions(project, record_.id, all_cautions());
        project.put_predictions(record_.id, epoch_, predictions);
        if (clips_per_second_ > 0) {
            const store::MetricPoint throughput = {kThroughputMetric, epoch_, clips_per_second_,
                                                   step_of(project_, record_, epoch_)};
            project.add_metrics(record_.id, std::span(&throughput, 1));
        }
        context_.emit(RunChanged{context_.id(), project.ref(record_.id)});
    }

    double clips_per_second() const {
        const double kept = clips_per_second_of(project_, record_.id, epoch_);
        return kept > 0 ? kept : clips_per_second_;
    }

    EvaluateResult result(const Evaluation& found) const {
        EvaluateResult out{.run = record_.id,
                           .kind = record_.kind,
                           .run_name = record_.name,
                           .epoch = epoch_,
                           .step = step_of(project_, record_, epoch_)};
        out.seed = static_cast<uint64_t>(settings_.optimisation.seed);
        out.model = model_.string();
        out.clip = clip_place(project_);
        out.cautions = all_cautions();
        out.classes = on_.classes;
        out.class_templates = settings_.measurement.class_templates;
        out.labelled_clips = on_.labelled;
        out.clips_per_second = clips_per_second();
        out.predictions = found.predictions;
        out.labels = found.labels;
        measure(out, found.tam, on_.trained);
        return out;
    }

    const EvaluateParams& params_;
    JobContext& context_;
    store::Project project_;
    store::RunRecord record_;
    TrainSettings settings_;
    std::filesystem::path model_;
    int epoch_ = 0;
    Machine machine_;
    EvaluationSplit on_;
    double clips_per_second_ = 0;  // of the captions that had to be made
    std::vector<std::string> cautions_;
};

class EvaluateJob final : public Job {
  public:
    EvaluateJob(EvaluateParams params, std::function<void(const EvaluateResult&)> done)
        : params_(std::move(params)), done_(std::move(done)) {}

    std::filesystem::path project() const override { return params_.project; }
    std::string title() const override {
        return fmt::format("Evaluate {} of {}", title_of(params_.kind), params_.project.filename().string());
    }

    std::string run(JobContext& context) override {
        const auto result = Evaluate(params_, context).run();
        done_(result);
        return fmt::format("{} {}, epoch {}: CLIP-TAM top-1 {:.1f} %, top-5 {:.1f} % on {} of {} clips",
                           result.kind == store::RunKind::training ? "Run" : result.run_name + ", run", result.run,
                           result.epoch, result.report.top1, result.report.top5, result.report.counted,
                           result.labelled_clips);
    }

  private:
    EvaluateParams params_;
    std::function<void(const EvaluateResult&)> done_;
};

}  // namespace

std::unique_ptr<Job> make_evaluate_job(const EvaluateParams& params, std::function<void(const EvaluateResult&)> done) {
    return std::make_unique<EvaluateJob>(params, std::move(done));
}

}  // namespace rest::engine
