// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/evaluation_tables.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/base/atomic_file.h"
#include "core/engine/measure/report_tables.h"
#include "core/engine/measure/stored_report.h"

namespace rest::app {
namespace {

evaluation::TableCell cell(const evaluation::MeanAndDeviation& value) {
    if (value.values == 0) return {};
    return {.value = value.mean, .deviation = value.deviation};
}

evaluation::TableCell cell(const evaluation::PaperCell& paper) {
    return {.text = paper.text,
            .value = paper.value,
            .deviation = paper.deviation,
            .decimals = paper.decimals,
            .deviation_decimals = paper.deviation_decimals};
}

std::string clips_of(int64_t counted, int64_t listed) {
    return fmt::format("{} of {}", counted, listed);
}

nlohmann::json drift_json(const std::vector<evaluation::StepDrift>& drift) {
    auto out = nlohmann::json::array();
    for (const auto& step : drift) {
        nlohmann::json row = {{"step", step.step},
                              {"captions", step.captions},
                              {"retrieved", step.retrieved},
                              {"most_copied", step.most_copied},
                              {"copied_by", step.copied_by}};
        if (step.change) {
            row["changed_best"] = step.change->changed_best;
            row["word_jaccard"] = step.change->word_jaccard;
            row["edit_distance"] = step.change->edit_distance;
        }
        out.push_back(row);
    }
    return out;
}

nlohmann::json report_json(const evaluation::TamReport& report, const std::vector<std::string>& names) {
    auto classes = nlohmann::json::array(), confused = nlohmann::json::array();
    for (const auto& c : report.classes) {
        classes.push_back({{"class", names[c.label]}, {"clips", c.clips}, {"top1", c.top1}, {"top5", c.top5}});
    }
    for (const auto& pair : report.confused) {
        confused.push_back({{"class", names[pair.label]}, {"taken_for", names[pair.predicted]}, {"clips", pair.clips}});
    }
    return {{"top1", report.top1},
            {"top5", report.top5},
            {"top1_interval", {report.top1_95.low, report.top1_95.high}},
            {"top5_interval", {report.top5_95.low, report.top5_95.high}},
            {"mean_class_top1", report.mean_class_top1},
            {"clips", report.counted},
            {"classes", classes},
            {"confused", confused}};
}

}  // namespace

evaluation::ResultTable evaluation_table(const engine::EvaluateResult& result, const std::filesystem::path& project) {
    const auto* one = &result;
    return engine::summary_table(std::span(&one, 1), evaluation::load_paper_tables(), project);
}

nlohmann::json evaluation_json(const engine::EvaluateResult& r, const EvaluationExtras& extras) {
    auto out = report_json(r.report, r.classes);
    out.update({{"run", r.run},
                {"kind", store::to_string(r.kind)},
                {"name", r.run_name},
                {"epoch", r.epoch},
                {"step", r.step},
                {"seed", r.seed},
                {"model", r.model},
                {"clip", r.clip},
                {"cautions", r.cautions},
                {"command", engine::evaluate_command(extras.project, r)},
                {"class_templates", r.class_templates},
                {"class_names", engine::class_name_handling},
                {"labelled_clips", r.labelled_clips},
                {"clips_per_second", r.clips_per_second},
                {"seen", {{"clips", r.seen.clips}, {"top1", r.seen.top1}}},
                {"novel", {{"clips", r.novel.clips}, {"top1", r.novel.top1}}},
                {"captions",
                 {{"distinct", r.captions.distinct},
                  {"vocabulary", r.captions.vocabulary},
                  {"mean_words", r.captions.mean_words},
                  {"most_common", r.captions.most_common},
                  {"most_common_count", r.captions.most_common_count},
                  {"empty", r.captions.empty}}},
                {"drift", drift_json(extras.drift)}});
    if (const auto& scores = extras.references) {
        out["references"] = {{"cider_d", scores->cider_d},
                             {"bleu4", scores->bleu4},
                             {"rouge_l", scores->rouge_l},
                             {"scored", scores->scored},
                             {"without", scores->without_references}};
    }
    return out;
}

std::string evaluation_text(const engine::EvaluateResult& r, const EvaluationExtras& extras) {
    constexpr size_t kPairsShown = 5;
    auto text = shown(evaluation_table(r, extras.project));
    if (!r.report.confused.empty()) text += "\nMost confused\n";
    for (size_t i = 0; i < std::min(kPairsShown, r.report.confused.size()); ++i) {
        const auto& pair = r.report.confused[i];
        text +=
            fmt::format("  {} taken for {}: {} clips\n", r.classes[pair.label], r.classes[pair.predicted], pair.clips);
    }
    if (r.captions.captions > 0) {
        text += fmt::format("\n{} captions, {} distinct, {} words in use, {:.1f} words each; {} times \"{}\"\n",
                            r.captions.captions, r.captions.distinct, r.captions.vocabulary, r.captions.mean_words,
                            r.captions.most_common_count, r.captions.most_common);
    }
    if (r.clips_per_second > 0) text += fmt::format("{:.1f} clips captioned a second\n", r.clips_per_second);
    for (const auto& step : extras.drift) {
        text += fmt::format(
            "Step {}: {:.0f} % of the captions in the lists are retrieved; most copied, by {} videos: \"{}\"",
            step.step, step.retrieved, step.copied_by, step.most_copied);
        text += step.change ? fmt::format("; {:.0f} % of the best captions are new\n", step.change->changed_best)
                            : std::string("\n");
    }
    if (const auto& scores = extras.references) {
        text += fmt::format(
            "Against references: CIDEr-D {:.2f}, BLEU-4 {:.3f}, ROUGE-L {:.3f} on {} clips ({} have none)\n",
            scores->cider_d, scores->bleu4, scores->rouge_l, scores->scored, scores->without_references);
    }
    return text;
}

evaluation::ResultTable protocol_table(const engine::ProtocolResult& r, const std::string& command) {
    evaluation::ResultTable table{.title = r.protocol.title};
    for (const char* name : {"Split", "Top-1", "Top-5", "Clips", "Clips per second"})
        table.columns.push_back({{}, name});
    int64_t counted = 0, listed = 0;
    for (const auto& part : r.parts) {
        evaluation::TableRow row{.source = part.run > 0 ? fmt::format("run {} of {}", part.run, r.data_project.string())
                                                        : std::string()};
        row.cells = {
            evaluation::TableCell::of(part.name), evaluation::TableCell::of(part.report.top1),
            evaluation::TableCell::of(part.report.top5),
            evaluation::TableCell::of(clips_of(part.report.counted, part.listed_clips)),
            part.clips_per_second > 0 ? evaluation::TableCell::of(part.clips_per_second) : evaluation::TableCell{}};
        counted += part.report.counted;
        listed += part.listed_clips;
        table.rows.push_back(std::move(row));
    }
    evaluation::TableRow mean{.source = r.run > 0 ? fmt::format("run {}, epoch {}, seed {}", r.run, r.epoch, r.seed)
                                                  : std::string(store::to_string(r.kind))};
    mean.cells = {evaluation::TableCell::of("mean"),
                  cell(r.top1),
                  cell(r.top5),
                  evaluation::TableCell::of(clips_of(counted, listed)),
                  {}};
    table.rows.push_back(std::move(mean));
    if (r.paper) {
        evaluation::TableRow paper{.group = "the paper", .source = r.paper->source, .greyed = true};
        paper.cells = {evaluation::TableCell::of(r.paper->method), cell(r.paper->top1), cell(r.paper->top5), {}, {}};
        table.rows.push_back(std::move(paper));
    }
    table.provenance = {
        "model: " + r.model,
        "CLIP: " + r.clip,
        "lists: " + r.lists,
        fmt::format("class names: {}; templates: {}", engine::class_name_handling, fmt::join(r.class_templates, " | ")),
        "deviation: of the sample (n - 1) over the splits",
        "command: " + command};
    table.provenance.insert(table.provenance.end(), r.cautions.begin(), r.cautions.end());
    for (const auto& problem : r.problems) table.provenance.push_back(problem.file + ": " + problem.message);
    return table;
}

nlohmann::json protocol_json(const engine::ProtocolResult& r, const std::string& command) {
    auto parts = nlohmann::json::array(), problems = nlohmann::json::array();
    for (const auto& part : r.parts) {
        auto row = report_json(part.report, part.classes);
        row["name"] = part.name;
        row["run"] = part.run;
        row["listed_clips"] = part.listed_clips;
        row["clips_per_second"] = part.clips_per_second;
        parts.push_back(std::move(row));
    }
    for (const auto& problem : r.problems) problems.push_back({{"file", problem.file}, {"message", problem.message}});
    nlohmann::json out = {{"protocol", r.protocol.name},
                          {"title", r.protocol.title},
                          {"parts", parts},
                          {"top1", {{"mean", r.top1.mean}, {"deviation", json_of(r.top1.deviation)}}},
                          {"top5", {{"mean", r.top5.mean}, {"deviation", json_of(r.top5.deviation)}}},
                          {"problems", problems},
                          {"lists", r.lists},
                          {"data_project", r.data_project.string()},
                          {"kind", store::to_string(r.kind)},
                          {"run", r.run},
                          {"epoch", r.epoch},
                          {"seed", r.seed},
                          {"model", r.model},
                          {"clip", r.clip},
                          {"cautions", r.cautions},
                          {"class_templates", r.class_templates},
                          {"class_names", engine::class_name_handling},
                          {"command", command}};
    if (r.paper) {
        out["paper"] = {{"method", r.paper->method},
                        {"source", r.paper->source},
                        {"top1", r.paper->top1.text},
                        {"top5", r.paper->top5.text}};
    }
    return out;
}

std::string shown(const evaluation::ResultTable& table) {
    std::vector<std::vector<std::string>> lines(1);
    for (const auto& column : table.columns) lines[0].push_back(column.name);
    for (const auto& row : table.rows) {
        lines.emplace_back();
        for (const auto& cell : row.cells) lines.back().push_back(rest::evaluation::shown(cell));
        if (row.greyed) lines.back()[0] = "the paper: " + lines.back()[0];
    }
    std::vector<size_t> widths(table.columns.size(), 0);
    const auto columns_of = [](const std::string& text) {  // characters, not bytes: "±" takes one column
        return static_cast<size_t>(std::ranges::count_if(text, [](unsigned char c) { return (c & 0xC0) != 0x80; }));
    };
    for (const auto& line : lines) {
        for (size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], columns_of(line[i]));
    }
    std::string out = table.title + "\n";
    for (const auto& line : lines) {
        for (size_t i = 0; i < line.size(); ++i) {
            const std::string blanks(widths[i] - columns_of(line[i]), ' ');
            out += i == 0 ? line[i] + blanks : "  " + blanks + line[i];
        }
        out += "\n";
    }
    return out;
}

void export_table(const evaluation::ResultTable& table, const std::filesystem::path& csv,
                  const std::filesystem::path& latex) {
    if (!csv.empty()) write_file_atomically(csv, evaluation::to_csv(table));
    if (!latex.empty()) write_file_atomically(latex, evaluation::to_latex(table));
}

}  // namespace rest::app
