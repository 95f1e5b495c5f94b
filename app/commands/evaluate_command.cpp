// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "app/commands/commands.h"
#include "core/engine/jobs.h"
#include "core/store/project.h"

namespace rest::app {
namespace {

constexpr size_t kPairsShown = 5;

nlohmann::json to_json(const EvaluateResult& result) {
    const auto& report = result.report;
    nlohmann::json classes = nlohmann::json::array(), confused = nlohmann::json::array();
    for (const auto& c : report.classes) {
        classes.push_back({{"class", result.classes[c.label]}, {"clips", c.clips}, {"top1", c.top1}, {"top5", c.top5}});
    }
    for (const auto& pair : report.confused) {
        confused.push_back({{"class", result.classes[pair.label]},
                            {"taken_for", result.classes[pair.predicted]},
                            {"clips", pair.clips}});
    }
    return {{"run", result.run},
            {"kind", to_string(result.kind)},
            {"name", result.run_name},
            {"epoch", result.epoch},
            {"seed", result.seed},
            {"step", result.step},
            {"model", result.model},
            {"clip", result.clip},
            {"top1", report.top1},
            {"top5", report.top5},
            {"top1_interval", {report.top1_95.low, report.top1_95.high}},
            {"top5_interval", {report.top5_95.low, report.top5_95.high}},
            {"mean_class_top1", report.mean_class_top1},
            {"clips", report.counted},
            {"labelled_clips", result.labelled_clips},
            {"class_templates", result.class_templates},
            {"class_names", "underscores to blanks, CamelCase spaced"},
            {"seen", {{"clips", result.seen.clips}, {"top1", result.seen.top1}}},
            {"novel", {{"clips", result.novel.clips}, {"top1", result.novel.top1}}},
            {"classes", classes},
            {"confused", confused},
            {"captions",
             {{"distinct", result.captions.distinct},
              {"vocabulary", result.captions.vocabulary},
              {"mean_words", result.captions.mean_words},
              {"most_common", result.captions.most_common},
              {"most_common_count", result.captions.most_common_count},
              {"empty", result.captions.empty}}}};
}

std::string to_text(const EvaluateResult& result) {
    const auto& report = result.report;
    auto text = fmt::format("\n95 % interval of top-1 (bootstrap over clips): {:.1f} to {:.1f} %; mean over classes {:.1f} %\n",
                            report.top1_95.low, report.top1_95.high, report.mean_class_top1);
    for (size_t i = 0; i < std::min(kPairsShown, report.confused.size()); ++i) {
        const auto& pair = report.confused[i];
        text += fmt::format("  {} taken for {}: {} clips\n", result.classes[pair.label], result.classes[pair.predicted], pair.clips);
    }
    if (result.novel.clips > 0) {
        text += fmt::format("Classes with train clips: {:.1f} % of {} clips; novel classes: {:.1f} % of {} clips\n", result.seen.top1,
                            result.seen.clips, result.novel.top1, result.novel.clips);
    }
    if (result.captions.captions == 0) return text + "It ranks class names and makes no captions";
    return text + fmt::format("{} captions, {} distinct, {} words in use, {:.1f} words each", result.captions.captions,
                              result.captions.distinct, result.captions.vocabulary, result.captions.mean_words);
}

struct Options {
    std::string project, device = "auto", baseline, model;
    std::vector<std::string> templates;
    RunId run = 0;
    int epoch = -1;
};

EvaluateParams params_of(const Options& o) {
    EvaluateParams params{.project = o.project, .model = o.model, .class_templates = o.templates};
    for (const auto kind : {RunKind::blip, RunKind::clip, RunKind::blip_retrieval}) {
        if (o.baseline == to_string(kind)) params.kind = kind;
    }
    if (o.run > 0) params.run = o.run;
    if (o.epoch >= 0) params.epoch = o.epoch;
    params.settings = preset(Project::open(o.project, OpenMode::read_only).kind() == "demo" ? "demo" : "paper");
    params.settings.device = o.device;
    return params;
}

}  // namespace

void add_evaluate(CLI::App& app, Console& console) {
    auto o = std::make_shared<Options>();
    auto* command = app.add_subcommand("evaluate", "CLIP-TAM of a run, or of a baseline, on the labelled val videos");
    command->add_option("project", o->project)->required();
    command->add_option("--run", o->run, "Number of the run; the newest without");
    command->add_option("--epoch", o->epoch, "A measured epoch of the run; its newest checkpoint's without");
    command->add_option("--baseline", o->baseline, "blip (first captions), clip (zero-shot) or blip-clip (BLIP in CLIP mode)")
        ->check(CLI::IsMember({"blip", "clip", "blip-clip"}));
    command->add_option("--model", o->model, "Weights of the baseline; the project's without");
    command->add_option("--template", o->templates, "How a class name is written, e.g. \"a video of {}\"; may be repeated");
    command->add_option("--device", o->device, "auto, cpu, cuda or cuda:n")->capture_default_str();
    command->add_flag("--json", console.json);
    command->callback([o, &console] {
        EvaluateResult result;
        const auto job = make_evaluate_job(params_of(*o), [&](const EvaluateResult& r) { result = r; });
        const auto line = console.run(*job);
        if (console.json) return console.print_json(to_json(result));
        console.print(line + to_text(result));
    });
}

}  // namespace rest::app
