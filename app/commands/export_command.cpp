// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/commands/commands.h"
#include "core/interchange/export_run.h"

namespace rest::app {
namespace {

struct ExportOptions {
    interchange::ExportRequest request;
    store::RunId run = 0;
    int epoch = 0;
};

/// A line for each format, for --help.
std::vector<std::string> format_names() {
    std::vector<std::string> names;
    for (const auto& format : interchange::formats()) names.emplace_back(format.name);
    return names;
}

std::string format_help() {
    std::string text = "Formats:\n";
    for (const auto& format : interchange::formats()) text += fmt::format("  {:<18} {}\n", format.name, format.help);
    return text;
}

void run_export(const ExportOptions& o, Console& console) {
    const auto result = interchange::export_run(o.request, console.task());
    if (console.json)
        console.print_json({{"out", result.out.string()}, {"items", result.items}, {"unit", result.unit}});
    else
        console.print(fmt::format("{}: {} {}", result.out.string(), result.items, result.unit));
}

}  // namespace

void add_run_export(CLI::App& app, Console& console) {
    auto o = std::make_shared<ExportOptions>();
    auto* command =
        app.add_subcommand("export", "Write a run for other tools: tables, subtitles, TensorBoard, FiftyOne");
    command->add_option("project", o->request.project)->required();
    command->add_option("--format", o->request.format, "What to write")
        ->required()
        ->check(CLI::IsMember(format_names()));
    command->add_option("--out", o->request.out, "File or folder to create; nothing is overwritten")->required();
    auto* run = command->add_option("--run", o->run, "Number of the run; default: the newest training");
    auto* epoch = command->add_option("--epoch", o->epoch, "Epoch of the predictions; default: the last measured");
    command->add_option("--video", o->request.videos, "Video for the gallery of html, by name; may be repeated");
    command->add_flag("--json", console.json);
    command->footer(format_help());
    command->callback([o, run, epoch, &console] {
        if (!run->empty()) o->request.run = o->run;
        if (!epoch->empty()) o->request.epoch = o->epoch;
        run_export(*o, console);
    });
}

}  // namespace rest::app
