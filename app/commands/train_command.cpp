// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/commands/train_options.h"
#include "core/engine/run/train_job.h"
#include "core/store/project.h"

namespace rest::app {
namespace {

store::RunId unfinished_run(const store::Project& project) {
    const auto runs = project.runs();
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        if (run->kind == store::RunKind::training && run->status != store::RunStatus::finished) return run->id;
    }
    throw Error(ErrorCode::not_found, "The project has no unfinished run", "Start a new one without --resume.");
}

nlohmann::json describe(const store::Project& project, const store::RunRecord& run) {
    nlohmann::json out = {
        {"run", run.id},      {"name", run.name}, {"status", store::to_string(run.status)},
        {"epoch", run.epoch}, {"step", run.step}, {"settings", nlohmann::json::parse(run.settings_json)}};
    for (const auto* name : {"clip_tam_top1", "clip_tam_top5"}) {
        for (const auto& point : project.metrics(run.id, name)) {
            out[name].push_back({{"epoch", point.position}, {"value", point.value}});
        }
    }
    return out;
}

}  // namespace

void add_train(CLI::App& app, Console& console) {
    struct Options {
        TrainOptions train;
        std::string name;
        bool resume = false;
    };
    auto o = std::make_shared<Options>();
    auto* command = app.add_subcommand("train", "Run Algorithm 1 on a project");
    command->add_option("project", o->train.project)->required();
    add_settings(*command, o->train);
    command->add_option("--name", o->name, "Name of the run");
    command->add_flag("--resume", o->resume, "Go on with the newest unfinished run");
    command->add_flag("--json", console.json);
    command->callback([o, &console] {
        engine::TrainParams params{.project = o->train.project, .settings = read_settings(o->train), .name = o->name};
        if (o->resume)
            params.resume = unfinished_run(store::Project::open(o->train.project, store::OpenMode::read_only));
        engine::TrainResult result;
        const auto job = engine::make_train_job(params, [&](const engine::TrainResult& trained) { result = trained; });
        const auto line = console.run(*job);
        if (!console.json) return console.print(line);
        const auto project = store::Project::open(o->train.project, store::OpenMode::read_only);
        console.print_json(describe(project, *project.run(result.run)));
    });
}

}  // namespace rest::app
