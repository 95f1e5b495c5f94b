// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <unordered_map>

#include "app/commands/commands.h"
#include "app/commands/evaluation_tables.h"
#include "core/base/strings.h"
#include "core/engine/measure/evaluate_job.h"
#include "core/engine/measure/run_drift.h"
#include "core/evaluation/metrics/reference_list.h"
#include "core/evaluation/tam/compare.h"
#include "core/models/model_list.h"
#include "core/store/project.h"

namespace rest::app {
namespace {

struct EvaluateOptions {
    std::string project, device = "auto", baseline, model, protocol, data, lists, references, csv, latex;
    std::vector<std::string> templates;
    store::RunId run = 0, compare = 0;
    int epoch = -1;
    uint64_t seed = 1;
};

/// The command line that repeats the measurement, whatever runs are added later.
std::string protocol_command(const EvaluateOptions& o, store::RunId run) {
    std::string out = "rest evaluate " + shell_word(o.project);
    if (o.baseline.empty()) out += fmt::format(" --run {}", run);
    for (const auto& [name, value] : {std::pair{"--baseline", o.baseline},
                                      {"--model", o.model},
                                      {"--protocol", o.protocol},
                                      {"--data", o.data},
                                      {"--lists", o.lists}}) {
        if (!value.empty()) out += fmt::format(" {} {}", name, shell_word(value));
    }
    out += fmt::format(" --seed {}", o.seed);
    for (const auto& text : o.templates) out += " --template " + shell_word(text);
    return out;
}

store::RunKind kind_of(const EvaluateOptions& o) {
    for (const auto kind : {store::RunKind::blip, store::RunKind::clip, store::RunKind::blip_retrieval}) {
        if (o.baseline == to_string(kind)) return kind;
    }
    return store::RunKind::training;
}

engine::TrainSettings settings_of(const EvaluateOptions& o) {
    auto settings =
        engine::preset(store::Project::open(o.project, store::OpenMode::read_only).kind() == "demo" ? "demo" : "paper");
    settings.machine.device = o.device;
    return settings;
}

engine::EvaluateResult evaluate(const EvaluateOptions& o, store::RunId run, int epoch, Console& console) {
    engine::EvaluateParams params{.project = o.project,
                                  .kind = kind_of(o),
                                  .model = models::model_folder(o.model).string(),
                                  .class_templates = o.templates};
    if (run > 0) params.run = run;
    if (epoch >= 0) params.epoch = epoch;
    params.settings = settings_of(o);
    engine::EvaluateResult result;
    console.run(*engine::make_evaluate_job(params, [&](const engine::EvaluateResult& r) { result = r; }));
    return result;
}

std::unordered_map<store::VideoId, std::string> video_names(const store::Project& project) {
    std::unordered_map<store::VideoId, std::string> names;
    for (const auto& video : project.videos()) names.emplace(video.id, video.name);
    return names;
}

evaluation::ReferenceScores against_references(const engine::EvaluateResult& result, const store::Project& project,
                                               const EvaluateOptions& o, Console& console) {
    const auto list = evaluation::read_reference_list(o.references);
    for (const auto& problem : list.problems)
        console.task().log(LogLevel::warning, problem.file + ": " + problem.message);
    const auto names = video_names(project);
    std::vector<std::string> videos, captions;
    for (const auto& p : result.predictions) {
        videos.push_back(names.at(p.video));
        captions.push_back(p.caption);
    }
    return evaluation::score_against_references(evaluation::match_references(list, videos, captions).captions);
}

std::vector<evaluation::VideoOutcome> outcomes(const engine::EvaluateResult& result, const store::Project& project) {
    const auto names = video_names(project);
    std::vector<evaluation::VideoOutcome> out;
    for (const auto& p : result.predictions) out.push_back({names.at(p.video), p.rank, p.caption});
    return out;
}

void print_comparison(const engine::EvaluateResult& before, const engine::EvaluateResult& after,
                      const store::Project& project, Console& console) {
    const auto found = evaluation::compare_runs(outcomes(before, project), outcomes(after, project));
    if (!console.json) {
        console.print(fmt::format(
            "From {} (run {}, {:.1f} %) to {} (run {}, {:.1f} %): {} clips improved, {} worsened, {} as before; "
            "top-1 won {} and lost {} (McNemar's exact test: p = {:.2g})",
            before.run_name, before.run, before.report.top1, after.run_name, after.run, after.report.top1,
            found.improved, found.worsened, found.same, found.top1.only_after, found.top1.only_before, found.top1.p));
        return;
    }
    auto videos = nlohmann::json::array();
    for (const auto& v : found.videos) {
        videos.push_back({{"video", v.video},
                          {"change", evaluation::to_string(v.change)},
                          {"rank_before", v.rank_before},
                          {"rank_after", v.rank_after},
                          {"caption_before", v.caption_before},
                          {"caption_after", v.caption_after}});
    }
    console.print_json({{"before", before.run},
                        {"after", after.run},
                        {"improved", found.improved},
                        {"worsened", found.worsened},
                        {"same", found.same},
                        {"top1_won", found.top1.only_after},
                        {"top1_lost", found.top1.only_before},
                        {"top1_p", found.top1.p},
                        {"top5_p", found.top5.p},
                        {"videos", videos}});
}

void measure_run(const EvaluateOptions& o, Console& console) {
    const auto result = evaluate(o, o.run, o.epoch, console);
    const auto project = store::Project::open(o.project, store::OpenMode::read_only);
    if (o.compare > 0) {
        auto other = o;
        other.baseline.clear();
        return print_comparison(evaluate(other, o.compare, -1, console), result, project, console);
    }
    EvaluationExtras extras{.project = o.project};
    if (result.kind == store::RunKind::training) extras.drift = engine::run_drift(project, result.run);
    if (!o.references.empty()) extras.references = against_references(result, project, o, console);
    export_table(evaluation_table(result, o.project), o.csv, o.latex);
    if (console.json) return console.print_json(evaluation_json(result, extras));
    console.print(evaluation_text(result, extras));
}

void measure_protocol(const EvaluateOptions& o, Console& console) {
    engine::ProtocolParams params{.project = o.project,
                                  .protocol = o.protocol,
                                  .data = o.data,
                                  .lists = o.lists,
                                  .kind = kind_of(o),
                                  .model = models::model_folder(o.model).string(),
                                  .seed = o.seed,
                                  .class_templates = o.templates};
    if (o.run > 0) params.run = o.run;
    params.settings = settings_of(o);
    engine::ProtocolResult result;
    console.run(*engine::make_protocol_job(params, [&](const engine::ProtocolResult& r) { result = r; }));
    const auto command = protocol_command(o, result.run);
    const auto table = protocol_table(result, command);
    export_table(table, o.csv, o.latex);
    if (console.json) return console.print_json(protocol_json(result, command));
    console.print(shown(table));
}

void list_protocols(Console& console) {
    const auto tables = evaluation::load_paper_tables();
    auto list = nlohmann::json::array();
    for (const auto& p : evaluation::protocols()) {
        const auto paper = evaluation::paper_figures(p, tables);
        list.push_back({{"name", p.name}, {"title", p.title}, {"needs", p.needs}, {"splits", p.splits}});
        if (paper)
            list.back()["paper"] = {{"source", paper->source}, {"top1", paper->top1.text}, {"top5", paper->top5.text}};
        if (console.json) continue;
        console.print(fmt::format("{:<24} {}\n{:<24} {}", p.name, p.title, "", p.needs));
        if (paper)
            console.print(fmt::format("{:<24} {}: {} / {}", "", paper->source, paper->top1.text, paper->top5.text));
    }
    if (console.json) console.print_json(list);
}

}  // namespace

void add_evaluate(CLI::App& app, Console& console) {
    auto o = std::make_shared<EvaluateOptions>();
    auto* command = app.add_subcommand(
        "evaluate", "CLIP-TAM of a run, or of a baseline, on the labelled val videos or by a protocol");
    command->add_option("project", o->project)->required();
    command->add_option("--run", o->run, "Number of the run; the newest without");
    command->add_option("--epoch", o->epoch, "A measured epoch of the run; its newest checkpoint's without");
    command
        ->add_option("--baseline", o->baseline,
                     "blip (first captions), clip (zero-shot) or blip-clip (BLIP in CLIP mode)")
        ->check(CLI::IsMember({"blip", "clip", "blip-clip"}));
    command->add_option("--model", o->model, "Weights of the baseline; the project's without");
    command->add_option("--template", o->templates,
                        "How a class name is written, e.g. \"a video of {}\"; may be repeated");
    command->add_option("--protocol", o->protocol, "A named protocol, see `rest protocols`");
    command->add_option("--data", o->data, "Folder of the protocol's clips");
    command->add_option("--lists", o->lists, "Folder of the protocol's official lists; ours without");
    command->add_option("--seed", o->seed, "Of a protocol's few-shot draw and training")->capture_default_str();
    command->add_option("--references", o->references,
                        "Reference captions (CSV, JSON, JSON lines): adds CIDEr-D, BLEU-4 and ROUGE-L");
    command->add_option("--compare", o->compare, "Number of a trained run to compare with, video by video");
    command->add_option("--csv", o->csv, "Write the table here");
    command->add_option("--latex", o->latex, "Write the table here");
    command->add_option("--device", o->device, "auto, cpu, cuda or cuda:n")->capture_default_str();
    command->add_flag("--json", console.json);
    command->callback(
        [o, &console] { o->protocol.empty() ? measure_run(*o, console) : measure_protocol(*o, console); });
    auto* list = app.add_subcommand("protocols", "The protocols that `rest evaluate --protocol` knows");
    list->add_flag("--json", console.json);
    list->callback([&console] { list_protocols(console); });
}

}  // namespace rest::app
