// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/measure/protocol_job.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/base/atomic_file.h"
#include "core/base/file_error.h"
#include "core/engine/imports/import_job.h"
#include "core/engine/inference/run_cautions.h"
#include "core/engine/measure/baselines.h"
#include "core/engine/run/run_files.h"
#include "core/engine/run/train_once.h"
#include "core/evaluation/protocols/protocol_plan.h"

namespace rest::engine {
namespace {

namespace fs = std::filesystem;

const char* folder_name(evaluation::ProtocolData data) {
    switch (data) {
        case evaluation::ProtocolData::kinetics400:
            return "kinetics400";
        case evaluation::ProtocolData::kinetics220:
            return "kinetics220";
        case evaluation::ProtocolData::ucf101:
            return "ucf101";
        case evaluation::ProtocolData::hmdb51:
            return "hmdb51";
        case evaluation::ProtocolData::project:
            break;
    }
    return "";
}

std::string joined_names(const std::vector<evaluation::PlannedClip>& clips) {
    std::string out;
    for (const auto& clip : clips) out += clip.name + "\n";
    return out;
}

class MeasureProtocol {
  public:
    MeasureProtocol(const ProtocolParams& params, JobContext& context) : params_(params), context_(context) {
        result_.protocol = evaluation::protocol_named(params.protocol);
        result_.kind = params.kind;
        result_.seed = params.seed;
        choose_model();
    }

    ProtocolResult run() {
        prepare_data();
        const auto plan = make_plan();
        for (const auto& problem : plan.problems)
            context_.log(LogLevel::warning, problem.file + ": " + problem.message);
        result_.problems = plan.problems;
        result_.lists = plan.lists;
        machine_ = prepare_machine(settings_.machine);
        clip_.emplace(load_clip(fs::path(result_.clip), settings_.clips.image_size, machine_));
        add_cautions(clip_->cautions);
        RunEpoch captions;
        if (!result_.protocol.trains && makes_captions()) captions = caption(plan);
        for (const auto& part : plan.parts) {
            result_.parts.push_back(result_.protocol.trains ? fine_tune(part)
                                    : captions.run > 0      ? score(part, captions)
                                                            : rank(part));
        }
        for (const auto& part : result_.parts) {
            if (part.run > 0) add_cautions(kept_cautions(open(), part.run));
        }
        average();
        return result_;
    }

  private:
    /// In the data project, which holds the captions.
    struct RunEpoch {
        store::RunId run = 0;
        int epoch = 0;
    };

    bool makes_captions() const {
        return params_.kind == store::RunKind::training || params_.kind == store::RunKind::blip;
    }

    /// Chooses the weights to measure and their settings.
    void choose_model() {
        const auto project = store::Project::open(params_.project, store::OpenMode::read_only);
        models_ = project.models();
        result_.clip = clip_folder(models_).string();
        const auto run = params_.run ? project.trained_run(params_.run) : project.latest_run();
        settings_ = params_.settings;
        if (run) settings_ = settings_from_json(run->settings_json);
        settings_.machine.device = params_.settings.machine.device;
        settings_.machine.precision = params_.settings.machine.precision;
        settings_.machine.threads = params_.settings.machine.threads;
        settings_.supervision.train_list.clear();
        settings_.supervision.test_list.clear();
        if (!params_.class_templates.empty()) settings_.measurement.class_templates = params_.class_templates;
        result_.class_templates = settings_.measurement.class_templates;
        if (params_.kind != store::RunKind::training) return choose_baseline();
        const auto checkpoints = run ? RunFiles(project.checkpoints_dir(run->id), 1).checkpoints() : CheckpointList{};
        if (checkpoints.empty())
            throw Error(ErrorCode::not_found, "The project has no trained run with a checkpoint", "Train first.");
        result_.run = run->id;
        result_.epoch = checkpoints.front().first.epoch;
        result_.model = checkpoints.front().second.string();
    }

    using CheckpointList = std::vector<std::pair<RunState, fs::path>>;

    void choose_baseline() {
        if (result_.protocol.trains && !makes_captions()) {
            throw Error(ErrorCode::invalid_argument,
                        fmt::format("{} fine-tunes a captioner, and {} is none", params_.protocol,
                                    store::to_string(params_.kind)),
                        "Use the baseline blip, or a run.");
        }
        result_.model = params_.model.string();
        if (result_.model.empty() && params_.kind == store::RunKind::blip)
            result_.model = captioner_folder(models_).string();
        if (result_.model.empty() && params_.kind == store::RunKind::clip) result_.model = result_.clip;
        if (result_.model.empty()) {
            throw Error(ErrorCode::invalid_argument, "BLIP in CLIP mode needs an image-text matching checkpoint",
                        "Name its folder, for example blip-itm-base-coco.");
        }
    }

    /// The project with the protocol's clips, created or updated.
    void prepare_data() {
        if (result_.protocol.data == evaluation::ProtocolData::project) {
            result_.data_project = params_.project;
            return;
        }
        if (params_.data.empty()) {
            throw Error(ErrorCode::invalid_argument, params_.protocol + " needs a folder of clips",
                        result_.protocol.needs);
        }
        result_.data_project =
            params_.project / "protocols" / (std::string(folder_name(result_.protocol.data)) + ".rest");
        if (!store::Project::is_project(result_.data_project)) {
            make_folder(result_.data_project.parent_path());
            store::Project::create(result_.data_project, models_)
                .set_kind(store::Project::open(params_.project, store::OpenMode::read_only).kind());
        }
        store::Project::open(result_.data_project).set_models(models_);
        make_import_job({result_.data_project, params_.data, dataset::Layout::automatic})->run(context_);
    }

    evaluation::ProtocolPlan make_plan() const {
        const auto project = open();
        evaluation::PlanSettings plan;
        plan.lists = params_.lists;
        plan.seed = params_.seed;
        plan.classes = project.classes();
        std::vector<evaluation::ProtocolClip> clips;
        for (const auto& video : project.videos()) {
            if (!video.problem.empty()) continue;
            clips.push_back({video.name, video.split, video.label < 0 ? std::string() : plan.classes.at(video.label)});
        }
        return evaluation::plan_protocol(result_.protocol, clips, plan);
    }

    store::Project open() const { return store::Project::open(result_.data_project, store::OpenMode::read_only); }

    std::string write_list(const std::string& what, const std::vector<evaluation::PlannedClip>& clips) const {
        const auto folder = result_.data_project / "lists";
        make_folder(folder);
        auto name = fmt::format("{}, {}, seed {}.txt", params_.protocol, what, params_.seed);
        write_file_atomically(folder / name, joined_names(clips));
        return (folder / name).string();
    }

    /// Captions every clip that some part tests, once. A run on its own project's clips has them there or stores them
    /// there.
    RunEpoch caption(const evaluation::ProtocolPlan& plan) const {
        if (result_.protocol.data == evaluation::ProtocolData::project && params_.kind == store::RunKind::training) {
            EvaluateParams own{
                .project = params_.project, .run = result_.run, .epoch = result_.epoch, .settings = params_.settings};
            make_evaluate_job(own, [](const EvaluateResult&) {})->run(context_);
            return {result_.run, result_.epoch};
        }
        std::map<std::string, evaluation::PlannedClip> all;
        for (const auto& part : plan.parts) {
            for (const auto& clip : part.test) all.emplace(clip.name, clip);
        }
        std::vector<evaluation::PlannedClip> clips;
        for (const auto& [name, clip] : all) clips.push_back(clip);
        EvaluateParams evaluate{.project = result_.data_project, .kind = store::RunKind::blip, .model = result_.model};
        evaluate.settings = settings_;
        evaluate.settings.supervision.test_list = write_list("test clips", clips);
        evaluate.settings_as_given = true;
        store::RunId run = 0;
        make_evaluate_job(evaluate, [&](const EvaluateResult& r) { run = r.run; })->run(context_);
        return {run, 0};
    }

    ProtocolPartResult fine_tune(const evaluation::ProtocolPart& part) const {
        auto settings = settings_;
        settings.supervision.learn_from = LearnFrom::class_names;
        settings.supervision.start_from = result_.model;
        settings.optimisation.epochs = settings.retrieval.epochs_per_retrieval = result_.protocol.epochs;
        settings.retrieval.retrievals = 1;
        settings.measurement.evaluate = true;
        settings.optimisation.seed = static_cast<int64_t>(params_.seed);
        settings.supervision.train_list = write_list(part.name + " train", part.train);
        settings.supervision.test_list = write_list(part.name + " test", part.test);
        const auto name = fmt::format("{}, {}, seed {}", params_.protocol, part.name, params_.seed);
        return score(part, {train_once(result_.data_project, settings, name, context_),
                            static_cast<int>(settings.optimisation.epochs)});
    }

    /// The part's clips with the lists' labels.
    EvaluationClips clips_of(const evaluation::ProtocolPart& part) const {
        std::map<std::string, int> labels;
        for (const auto& clip : part.test) labels.emplace(clip.name, clip.label);
        EvaluationClips on;
        on.classes = part.classes;
        for (auto& video : open().videos()) {
            const auto label = labels.find(video.name);
            if (label == labels.end()) continue;
            video.label = label->second;
            on.videos.push_back(std::move(video));
        }
        return on;
    }

    ProtocolPartResult score(const evaluation::ProtocolPart& part, const RunEpoch& from) const {
        const auto found = score_captions(*clip_, open().predictions(from.run, from.epoch), clips_of(part),
                                          settings_.measurement.class_templates, machine_, context_);
        auto out = describe(part, from.run, found);
        for (const auto& point : open().metrics(from.run, kThroughputMetric)) {
            if (point.position == from.epoch) out.clips_per_second = point.value;
        }
        return out;
    }

    /// A model that ranks class names instead of captioning.
    ProtocolPartResult rank(const evaluation::ProtocolPart& part) {
        const auto project = open();
        const auto on = clips_of(part);
        const ClipStore clips(clip_store_settings(project.frames_dir(), settings_, clip_->model.sizes.vision.image),
                              on.videos);
        const BaselineInput input = {project, clips, on, settings_, machine_};
        if (params_.kind == store::RunKind::clip) {
            const auto measured = load_clip(result_.model, settings_.clips.image_size, machine_);
            add_cautions(measured.cautions);
            return describe(part, 0, clip_zero_shot(measured, input, context_));
        }
        const auto found = blip_zero_shot(result_.model, input, context_);
        add_cautions(found.cautions);
        return describe(part, 0, found);
    }

    void add_cautions(const std::vector<std::string>& lines) {
        for (const auto& line : lines) {
            if (std::ranges::find(result_.cautions, line) != result_.cautions.end()) continue;
            context_.log(LogLevel::warning, line);
            result_.cautions.push_back(line);
        }
    }

    static ProtocolPartResult describe(const evaluation::ProtocolPart& part, store::RunId run,
                                       const Evaluation& found) {
        return {.name = part.name,
                .classes = part.classes,
                .listed_clips = part.listed_test,
                .run = run,
                .report = evaluation::report_clip_tam(found.tam, found.labels)};
    }

    void average() {
        std::vector<double> top1, top5;
        for (const auto& part : result_.parts) {
            if (part.report.counted == 0) continue;  // none of its clips was readable
            top1.push_back(part.report.top1);
            top5.push_back(part.report.top5);
        }
        result_.top1 = evaluation::mean_and_deviation(top1);
        result_.top5 = evaluation::mean_and_deviation(top5);
        const auto tables = evaluation::load_paper_tables();
        result_.paper = evaluation::paper_figures(result_.protocol, tables);
    }

    const ProtocolParams& params_;
    JobContext& context_;
    ProtocolResult result_;
    store::ProjectModels models_;
    TrainSettings settings_;
    Machine machine_;
    std::optional<ClipNetwork> clip_;
};

class ProtocolJob final : public Job {
  public:
    ProtocolJob(ProtocolParams params, std::function<void(const ProtocolResult&)> done)
        : params_(std::move(params)), done_(std::move(done)) {}

    std::string title() const override { return "Protocol " + params_.protocol; }

    std::string run(JobContext& context) override {
        const auto result = MeasureProtocol(params_, context).run();
        done_(result);
        const auto deviation = result.top1.deviation ? fmt::format(" ± {:.1f}", *result.top1.deviation) : std::string();
        return fmt::format("{}: top-1 {:.1f}{} % over {} splits", result.protocol.title, result.top1.mean, deviation,
                           result.parts.size());
    }

  private:
    ProtocolParams params_;
    std::function<void(const ProtocolResult&)> done_;
};

}  // namespace

std::unique_ptr<Job> make_protocol_job(const ProtocolParams& params, std::function<void(const ProtocolResult&)> done) {
    return std::make_unique<ProtocolJob>(params, std::move(done));
}

}  // namespace rest::engine
