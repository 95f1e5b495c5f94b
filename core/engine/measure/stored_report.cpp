// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/measure/stored_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "core/base/strings.h"
#include "core/engine/inference/evaluation_step.h"
#include "core/engine/inference/run_cautions.h"
#include "core/engine/inference/run_clips.h"
#include "core/engine/run/run_files.h"

namespace rest::engine {
namespace {

constexpr int kTop = 5;

PartScore part_score(const EvaluateResult& result, const evaluation::ClipTam& tam, const std::vector<bool>& trained,
                     bool seen) {
    PartScore out;
    int64_t right = 0;
    for (size_t i = 0; i < result.labels.size(); ++i) {
        if (trained.at(static_cast<size_t>(result.labels[i])) != seen) continue;
        ++out.clips;
        right += tam.rank[i] == 0;
    }
    if (out.clips > 0) out.top1 = 100.0 * static_cast<double>(right) / static_cast<double>(out.clips);
    return out;
}

/// The clips as the evaluation chose them; all labelled videos if the list that named them is gone.
EvaluationSplit clips_of(const store::Project& project, const TrainSettings& settings) {
    try {
        return evaluation_clips(project, settings.supervision.test_list);
    } catch (const Error&) {
        auto on = evaluation_clips(project);
        on.videos = project.videos();
        std::erase_if(on.videos, [&](const store::VideoRecord& video) { return !has_class(video, on.classes.size()); });
        on.labelled = 0;
        return on;
    }
}

evaluation::ClipTam tam_of(const EvaluateResult& result) {
    evaluation::ClipTam tam;
    int64_t first = 0, within = 0;
    const auto classes = static_cast<int>(result.classes.size());
    for (const auto& p : result.predictions) {
        if (p.predicted < 0 || p.predicted >= classes || p.rank < 0 || p.rank >= classes) {
            throw Error(ErrorCode::damaged,
                        fmt::format("Epoch {} of run {} was measured on classes that the project no longer has",
                                    result.epoch, result.run),
                        "Evaluate it again.");
        }
        tam.predicted.push_back(p.predicted);
        tam.rank.push_back(p.rank);
        first += p.rank == 0;
        within += p.rank < kTop;
    }
    tam.counted = std::ssize(tam.rank);
    if (tam.counted == 0) return tam;
    tam.top1 = 100.0 * static_cast<double>(first) / static_cast<double>(tam.counted);
    tam.top5 = 100.0 * static_cast<double>(within) / static_cast<double>(tam.counted);
    return tam;
}

void take_predictions(EvaluateResult& result, std::vector<store::PredictionRecord> stored, const EvaluationSplit& on) {
    std::unordered_map<store::VideoId, int> labels;
    for (const auto& video : on.videos) labels.emplace(video.id, video.label);
    for (const auto& video : on.unreadable) labels.emplace(video.id, video.label);  // it could be read then
    for (auto& p : stored) {
        const auto label = labels.find(p.video);
        if (label == labels.end()) continue;
        result.labels.push_back(label->second);
        result.predictions.push_back(std::move(p));
    }
}

std::string checkpoint_of(const store::Project& project, store::RunId run, int epoch) {
    for (const auto& [state, folder] : RunFiles(project.checkpoints_dir(run), 1).checkpoints()) {
        if (state.epoch == epoch) return folder.string();
    }
    return {};
}

}  // namespace

std::string clip_place(const store::Project& project) {
    const auto models = project.models();
    try {
        return clip_folder(models).string();
    } catch (const Error&) {
        return models.clip;
    }
}

int step_of(const store::Project& project, const store::RunRecord& run, int epoch) {
    for (const auto& point : project.metrics(run.id, "clip_tam_top1")) {
        if (point.position == epoch) return point.step;
    }
    return run.step;
}

double clips_per_second_of(const store::Project& project, store::RunId run, int epoch) {
    for (const auto& point : project.metrics(run, kThroughputMetric)) {
        if (point.position == epoch) return point.value;
    }
    return 0;
}

void measure(EvaluateResult& result, const evaluation::ClipTam& tam, const std::vector<bool>& trained) {
    result.report = evaluation::report_clip_tam(tam, result.labels);
    result.seen = part_score(result, tam, trained, true);
    result.novel = part_score(result, tam, trained, false);
    if (result.kind != store::RunKind::training && result.kind != store::RunKind::blip) return;
    std::vector<std::string> captions;
    for (const auto& p : result.predictions) captions.push_back(p.caption);
    result.captions = evaluation::caption_quality(captions);
}

std::vector<StoredEvaluation> stored_evaluations(const store::Project& project) {
    std::vector<StoredEvaluation> out;
    auto runs = project.runs();
    std::ranges::reverse(runs);
    for (const auto& run : runs) {
        auto epochs = project.prediction_epochs(run.id);
        if (epochs.empty()) continue;
        std::ranges::reverse(epochs);
        const auto curve = project.metrics(run.id, "clip_tam_top1");
        for (const int epoch : epochs) {
            StoredEvaluation found{run.id, run.kind, run.name, run.created, epoch, run.step, std::nullopt};
            const auto point = std::ranges::find(curve, epoch, &store::MetricPoint::position);
            if (point != curve.end()) found.step = point->step, found.top1 = point->value;
            out.push_back(std::move(found));
        }
    }
    return out;
}

EvaluateResult stored_report(const store::Project& project, store::RunId id, int epoch) {
    const auto run = project.run(id);
    if (!run) throw Error(ErrorCode::not_found, fmt::format("The project has no run {}", id));
    auto stored = project.predictions(id, epoch);
    if (stored.empty())
        throw Error(ErrorCode::not_found, fmt::format("Epoch {} of run {} was not measured", epoch, id),
                    "Evaluate the run.");
    const auto settings = settings_from_json(run->settings_json);
    const auto on = clips_of(project, settings);
    EvaluateResult out{
        .run = id, .kind = run->kind, .run_name = run->name, .epoch = epoch, .step = step_of(project, *run, epoch)};
    out.seed = static_cast<uint64_t>(settings.optimisation.seed);
    out.model =
        run->kind == store::RunKind::training ? checkpoint_of(project, id, epoch) : settings.supervision.start_from;
    out.clip = clip_place(project);
    out.cautions = kept_cautions(project, id);
    out.classes = on.classes;
    out.class_templates = settings.measurement.class_templates;
    take_predictions(out, std::move(stored), on);
    out.clips_per_second = clips_per_second_of(project, id, epoch);
    out.labelled_clips = std::max(on.labelled, std::ssize(out.predictions));
    measure(out, tam_of(out), on.trained);
    return out;
}

std::string evaluate_command(const std::filesystem::path& project, const EvaluateResult& result) {
    auto command = "rest evaluate " + shell_word(project.string());
    if (result.kind == store::RunKind::training)
        return command + fmt::format(" --run {} --epoch {}", result.run, result.epoch);
    command += fmt::format(" --baseline {}", to_string(result.kind));
    if (!result.model.empty()) command += " --model " + shell_word(result.model);
    for (const auto& text : result.class_templates) {
        if (result.class_templates.size() > 1 || text != "{}") command += " --template " + shell_word(text);
    }
    return command;
}

}  // namespace rest::engine
