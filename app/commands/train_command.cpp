// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/commands/train_options.h"
#include "core/distributed/membership.h"
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

/// A name given for a run that already has one is checked like a setting.
void check_name(const store::Project& project, store::RunId run, const std::string& asked) {
    const auto name = project.trained_run(run).name;
    if (asked.empty() || asked == name) return;
    throw Error(ErrorCode::invalid_argument, "A resumed run keeps its name: \"" + name + "\", not \"" + asked + "\"",
                "Leave --name out.");
}

struct Options {
    TrainOptions train;
    std::string name;
    bool resume = false;
    engine::ChangedClips changed = engine::ChangedClips::leave_out_few;
    double lost_after = 30;  // seconds
};

/// What all processes of a group must have been asked alike.
std::vector<std::pair<std::string, std::string>> asked(const Options& o, const engine::TrainSettings& settings) {
    const auto project = std::filesystem::weakly_canonical(std::filesystem::absolute(o.train.project)).string();
    std::vector<std::pair<std::string, std::string>> out = {
        {"project", project}, {"--name", o.name}, {"--resume", o.resume ? "true" : "false"}};
    out.emplace_back("--changed-clips", std::to_string(static_cast<int>(o.changed)));
    for (const auto& info : engine::setting_infos())
        out.emplace_back(info.name, engine::setting_text(settings, info.name));
    return out;
}

std::optional<engine::Together> together_with_others(const Options& o, const engine::TrainSettings& settings) {
    const auto membership = distributed::membership_from_environment();
    if (!membership) return std::nullopt;
    return engine::Together{.membership = *membership,
                            .lost_after = std::chrono::milliseconds(static_cast<int64_t>(o.lost_after * 1000)),
                            .asked = asked(o, settings)};
}

nlohmann::json describe(const store::Project& project, const store::RunRecord& run, const engine::TrainResult& result) {
    nlohmann::json out = {
        {"run", run.id},      {"name", run.name}, {"status", store::to_string(run.status)},
        {"epoch", run.epoch}, {"step", run.step}, {"settings", nlohmann::json::parse(run.settings_json)}};
    out["steps"] = result.steps;
    out["clips"] = result.clips;
    out["left_out"] = result.left_out;
    for (const auto* name : {"clip_tam_top1", "clip_tam_top5"}) {
        for (const auto& point : project.metrics(run.id, name)) {
            out[name].push_back({{"epoch", point.position}, {"value", point.value}});
        }
    }
    return out;
}

void train(const Options& o, bool preset_asked, Console& console) {
    engine::TrainParams params{.project = o.train.project,
                               .settings = read_settings(o.train),
                               .name = o.name,
                               .changed_clips = o.changed,
                               .launch = distributed::launch_from_environment()};
    params.together = together_with_others(o, params.settings);
    const bool owns_project = !params.together || params.together->membership.rank == 0;
    console.quiet = !owns_project;
    if (o.resume && owns_project) {
        const auto project = store::Project::open(o.train.project, store::OpenMode::read_only);
        params.resume = unfinished_run(project);
        params.asked = asked_settings(o.train, preset_asked);
        check_name(project, *params.resume, o.name);
    }
    engine::TrainResult result;
    const auto job = engine::make_train_job(params, [&](const engine::TrainResult& trained) { result = trained; });
    const auto line = console.run(*job);
    if (!owns_project) return;
    if (!console.json) return console.print(line);
    const auto project = store::Project::open(o.train.project, store::OpenMode::read_only);
    console.print_json(describe(project, *project.run(result.run), result));
}

}  // namespace

void add_train(CLI::App& app, Console& console) {
    auto o = std::make_shared<Options>();
    auto* command = app.add_subcommand("train", "Run Algorithm 1 on a project");
    command->add_option("project", o->train.project)->required();
    add_settings(*command, o->train);
    command->add_option("--name", o->name, "Name of the run");
    auto* resume = command->add_flag("--resume", o->resume, "Continue the newest unfinished run, as it was started");
    command
        ->add_option("--changed-clips", o->changed,
                     "Clips of a resumed run that are missing or have changed since: leave-out-few continues without "
                     "them up to unreadable_share, leave-out always; take-changed takes changed files as they are now; "
                     "stop ends with an error")
        ->transform(CLI::CheckedTransformer(engine::changed_clips_words()))
        ->option_text("CHOICE")  // its words are in the description, and CLI11 would print the enumerators as well
        ->needs(resume);
    command
        ->add_option("--lost-after", o->lost_after,
                     "Of several processes: seconds without a sign of life after which one is taken for lost")
        ->capture_default_str()
        ->check(CLI::Range(1.0, 3600.0));
    command->add_flag("--json", console.json);
    command->callback([o, &console, command] { train(*o, command->count("--preset") > 0, console); });
}

}  // namespace rest::app
