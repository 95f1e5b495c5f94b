// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "app/commands/alone.h"
#include "app/commands/commands.h"
#include "app/commands/evaluation_tables.h"
#include "app/commands/train_options.h"
#include "core/engine/run/sweep.h"
#include "core/evaluation/tables/split_mean.h"

namespace rest::app {
namespace {

std::string words_of(const engine::SweepCell& cell) {
    std::string words;
    for (const auto& [setting, value] : cell.values) words += (words.empty() ? "" : ", ") + setting + " = " + value;
    return words.empty() ? "as given" : words;
}

std::string table(const std::vector<engine::SweepCell>& cells) {
    size_t width = 8;
    for (const auto& cell : cells) width = std::max(width, words_of(cell).size());
    auto text = fmt::format("{:<{}}  {:>14}  {:>14}  {:>4}\n", "CLIP-TAM", width, "top-1", "top-5", "runs");
    for (const auto& cell : cells) {
        const auto one = evaluation::mean_and_deviation(cell.top1), five = evaluation::mean_and_deviation(cell.top5);
        if (cell.top1.empty()) {
            text += fmt::format("{:<{}}  {:>14}  {:>14}  {:>4}\n", words_of(cell), width, "no labels", "",
                                cell.runs.size());
            continue;
        }
        text +=
            fmt::format("{:<{}}  {:>6.1f} ± {:>4.1f} %  {:>6.1f} ± {:>4.1f} %  {:>4}\n", words_of(cell), width,
                        one.mean, one.deviation.value_or(0), five.mean, five.deviation.value_or(0), cell.runs.size());
    }
    return text;
}

nlohmann::json to_json(const std::vector<engine::SweepCell>& cells) {
    nlohmann::json out = nlohmann::json::array();
    for (const auto& cell : cells) {
        nlohmann::json settings;
        for (const auto& [setting, value] : cell.values) settings[setting] = value;
        const auto one = evaluation::mean_and_deviation(cell.top1), five = evaluation::mean_and_deviation(cell.top5);
        out.push_back({{"settings", settings},
                       {"runs", cell.runs},
                       {"top1", cell.top1},
                       {"top5", cell.top5},
                       {"top1_mean", one.mean},
                       {"top1_deviation", json_of(one.deviation)},
                       {"top5_mean", five.mean},
                       {"top5_deviation", json_of(five.deviation)}});
    }
    return out;
}

}  // namespace

void add_sweep(CLI::App& app, Console& console) {
    struct Options {
        TrainOptions train;
        std::vector<std::string> vary;
        int64_t seeds = 1;
    };
    auto o = std::make_shared<Options>();
    auto* command = app.add_subcommand("sweep", "Train a grid of settings and compare their CLIP-TAM");
    command->add_option("project", o->train.project)->required();
    add_settings(*command, o->train);
    command->add_option("--vary", o->vary, "Setting and values, e.g. K=1,3,5; may be repeated")->required();
    command->add_option("--seeds", o->seeds, "Runs of each combination")->capture_default_str();
    command->add_flag("--json", console.json);
    command->callback([o, &console] {
        require_alone("rest sweep");
        engine::SweepParams params{.project = o->train.project, .base = read_settings(o->train), .seeds = o->seeds};
        for (const auto& axis : o->vary) params.axes.push_back(engine::sweep_axis(axis));
        std::vector<engine::SweepCell> cells;
        const auto job =
            engine::make_sweep_job(params, [&](const std::vector<engine::SweepCell>& result) { cells = result; });
        console.run(*job);
        if (console.json) return console.print_json(to_json(cells));
        console.print(table(cells));
    });
}

}  // namespace rest::app
