// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/measure/report_tables.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "core/engine/measure/stored_report.h"

namespace rest::engine {
namespace {

// Kinetics-400 val with every kind of supervision: the paper's table with a row for each of our methods.
constexpr const char* kPaperTable = "2";

/// The row of that table for a kind of run: how its first cell begins.
const char* method_in_paper(store::RunKind kind) {
    switch (kind) {
        case store::RunKind::blip:
            return "BLIP (Li";
        case store::RunKind::clip:
            return "CLIP (";
        case store::RunKind::blip_retrieval:
            return "BLIP (CLIP mode)";
        case store::RunKind::training:
            break;
    }
    return nullptr;
}

const evaluation::PaperRow* paper_row(const evaluation::PaperTable& table, store::RunKind kind) {
    const char* name = method_in_paper(kind);
    if (name == nullptr) return &table.ours();
    const auto found = std::ranges::find_if(
        table.rows, [&](const evaluation::PaperRow& row) { return row.cells.at(0).text.starts_with(name); });
    return found == table.rows.end() ? nullptr : &*found;
}

evaluation::TableCell cell_of(const evaluation::PaperCell& cell) {
    return {cell.text, cell.value, cell.deviation, cell.decimals, cell.deviation_decimals};
}

evaluation::TableCell part_cell(const PartScore& part) {
    return part.clips == 0 ? evaluation::TableCell() : evaluation::TableCell::of(part.top1);
}

evaluation::TableRow summary_row(const EvaluateResult& result) {
    const auto& report = result.report;
    const auto distinct = result.captions.captions == 0
                              ? evaluation::TableCell()
                              : evaluation::TableCell::of(static_cast<double>(result.captions.distinct), 0);
    return {.source = report_source(result),
            .cells = {evaluation::TableCell::of(report_title(result)), evaluation::TableCell::of(report.top1),
                      evaluation::TableCell::of(report.top5), evaluation::TableCell::of(report.mean_class_top1),
                      evaluation::TableCell::of(report.top1_95.low), evaluation::TableCell::of(report.top1_95.high),
                      evaluation::TableCell::of(fmt::format("{} of {}", report.counted, result.labelled_clips)),
                      part_cell(result.seen), part_cell(result.novel), distinct}};
}

/// One row per method measured, in the paper's order.
void add_paper_rows(evaluation::ResultTable& table, std::span<const EvaluateResult* const> results,
                    const evaluation::PaperTable& paper) {
    const size_t dataset = paper.column("Dataset"), top1 = paper.column("Top-1"), top5 = paper.column("Top-5");
    for (const auto& row : paper.rows) {
        const bool measured = std::ranges::any_of(
            results, [&](const EvaluateResult* result) { return paper_row(paper, result->kind) == &row; });
        if (!measured) continue;
        table.rows.push_back({.source = fmt::format("{} of the paper, {}", paper.source, row.cells[dataset].text),
                              .greyed = true,
                              .cells = {evaluation::TableCell::of(row.cells[0].text), cell_of(row.cells[top1]),
                                        cell_of(row.cells[top5])}});
    }
    if (table.rows.empty() || !table.rows.back().greyed) return;
    table.provenance.push_back("Grey: figures as printed in the paper, " + paper.source + ". " + paper.note);
}

}  // namespace

std::string report_title(const EvaluateResult& result) {
    if (result.kind != store::RunKind::training) return result.run_name;
    return fmt::format("{}, epoch {}", result.run_name, result.epoch);
}

std::string report_source(const EvaluateResult& result) {
    if (result.kind != store::RunKind::training) return fmt::format("run {}, seed {}", result.run, result.seed);
    if (result.step < 0) return fmt::format("run {}, epoch {}, seed {}", result.run, result.epoch, result.seed);
    return fmt::format("run {}, epoch {}, step {}, seed {}", result.run, result.epoch, result.step, result.seed);
}

std::vector<std::string> provenance(const EvaluateResult& result, const std::filesystem::path& project) {
    std::vector<std::string> lines;
    lines.push_back(report_title(result) + ": " + report_source(result));
    if (!result.model.empty()) lines.push_back("model: " + result.model);
    lines.push_back("CLIP: " + result.clip);
    lines.insert(lines.end(), result.cautions.begin(), result.cautions.end());
    lines.push_back(
        fmt::format("class names: {}; templates: {}", class_name_handling, fmt::join(result.class_templates, ", ")));
    lines.push_back(fmt::format("on {} of {} clips", result.report.counted, result.labelled_clips));
    lines.push_back(evaluate_command(project, result));
    return lines;
}

evaluation::ResultTable summary_table(std::span<const EvaluateResult* const> results,
                                      std::span<const evaluation::PaperTable> paper,
                                      const std::filesystem::path& project) {
    evaluation::ResultTable table{.title = "CLIP-TAM, percent",
                                  .columns = {{"", "Evaluation"},
                                              {"", "Top-1"},
                                              {"", "Top-5"},
                                              {"", "Mean"},
                                              {"95 %", "Low"},
                                              {"95 %", "High"},
                                              {"", "Clips"},
                                              {"", "Seen"},
                                              {"", "Novel"},
                                              {"", "Distinct"}}};
    for (const auto* result : results) table.rows.push_back(summary_row(*result));
    for (const auto* result : results) {
        for (auto& line : provenance(*result, project)) table.provenance.push_back(std::move(line));
    }
    if (!paper.empty()) add_paper_rows(table, results, evaluation::paper_table(paper, kPaperTable));
    return table;
}

evaluation::ResultTable class_table(const EvaluateResult& result, const std::filesystem::path& project) {
    evaluation::ResultTable table{
        .title = "CLIP-TAM per class, percent: " + report_title(result),
        .columns = {{"", "Class"}, {"", "Clips"}, {"", "Top-1"}, {"", "Top-5"}, {"", "Most often taken for"}},
        .provenance = provenance(result, project)};
    std::map<int, int> taken_for;  // pairs are sorted: the first of a class has the most clips
    for (const auto& pair : result.report.confused) taken_for.emplace(pair.label, pair.predicted);
    for (const auto& score : result.report.classes) {
        const auto other = taken_for.find(score.label);
        table.rows.push_back(
            {.cells = {evaluation::TableCell::of(result.classes.at(score.label)),
                       evaluation::TableCell::of(static_cast<double>(score.clips), 0),
                       evaluation::TableCell::of(score.top1), evaluation::TableCell::of(score.top5),
                       evaluation::TableCell::of(other == taken_for.end() ? std::string()
                                                                          : result.classes.at(other->second))}});
    }
    return table;
}

}  // namespace rest::engine
