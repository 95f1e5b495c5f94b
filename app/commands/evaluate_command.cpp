// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "app/commands/commands.h"
#include "core/engine/jobs.h"

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
            {"epoch", result.epoch},
            {"seed", result.seed},
            {"checkpoint", result.checkpoint},
            {"clip", result.clip},
            {"top1", report.top1},
            {"top5", report.top5},
            {"top1_interval", {report.top1_95.low, report.top1_95.high}},
            {"top5_interval", {report.top5_95.low, report.top5_95.high}},
            {"mean_class_top1", report.mean_class_top1},
            {"clips", report.counted},
            {"labelled_clips", result.labelled_clips},
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
    return text + fmt::format("{} captions, {} distinct, {} words in use, {:.1f} words each", result.captions.captions,
                              result.captions.distinct, result.captions.vocabulary, result.captions.mean_words);
}

}  // namespace

void add_evaluate(CLI::App& app, Console& console) {
    struct Options {
        std::string project, device = "auto";
        RunId run = 0;
    };
    auto o = std::make_shared<Options>();
    auto* command = app.add_subcommand("evaluate", "CLIP-TAM of a run's newest checkpoint on the labelled val videos");
    command->add_option("project", o->project)->required();
    command->add_option("--run", o->run, "Number of the run; the newest without");
    command->add_option("--device", o->device, "auto, cpu, cuda or cuda:n")->capture_default_str();
    command->add_flag("--json", console.json);
    command->callback([o, &console] {
        EvaluateParams params{.project = o->project};
        if (o->run > 0) params.run = o->run;
        params.machine.device = o->device;
        EvaluateResult result;
        const auto job = make_evaluate_job(params, [&](const EvaluateResult& r) { result = r; });
        const auto line = console.run(*job);
        if (console.json) return console.print_json(to_json(result));
        console.print(line + to_text(result));
    });
}

}  // namespace rest::app
