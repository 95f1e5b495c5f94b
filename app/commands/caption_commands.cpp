// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "app/commands/commands.h"
#include "app/commands/train_options.h"
#include "core/base/paths.h"
#include "core/engine/inference/caption_job.h"
#include "core/models/model_list.h"
#include "core/store/project.h"

namespace rest::app {
namespace {

struct CaptionsOptions {
    std::string project, video;
    int step = -1;
    store::RunId run = 0;
};

nlohmann::json describe(const store::Project& project, const store::CaptionRecord& c) {
    nlohmann::json out = {{"step", c.step},
                          {"rank", c.rank},
                          {"text", c.text},
                          {"clip_score", c.clip_score},
                          {"origin", c.origin == store::CaptionOrigin::generated ? "generated" : "retrieved"}};
    if (const auto source = project.video(c.source_video)) out["source"] = source->name;
    if (c.maker) {
        out["model"] = c.maker->model;
        out["prompt"] = c.maker->prompt;
        out["score"] = c.maker->score;
        if (c.maker->frame >= 0) out["frame"] = c.maker->frame;
    }
    return out;
}

void list_captions(const CaptionsOptions& o, Console& console) {
    const auto project = store::Project::open(o.project, store::OpenMode::read_only);
    const store::RunId run = project.trained_run(o.run > 0 ? std::optional(o.run) : std::nullopt).id;
    nlohmann::json all = nlohmann::json::array();
    for (const auto& video : project.videos()) {
        if (!o.video.empty() && video.name != o.video) continue;
        const auto captions = o.step < 0 ? project.captions(run, video.id) : project.captions(run, video.id, o.step);
        if (captions.empty()) continue;
        nlohmann::json list = nlohmann::json::array();
        if (!console.json) console.print(video.name);
        for (const auto& c : captions) {
            const auto json = describe(project, c);
            list.push_back(json);
            if (console.json) continue;
            console.print(fmt::format(
                "  step {}  {:.3f}  {}  [{}]", c.step, c.clip_score, c.text,
                c.origin == store::CaptionOrigin::generated ? "generated" : json.value("source", "retrieved")));
        }
        all.push_back({{"video", video.name}, {"captions", list}});
    }
    if (all.empty() && !o.video.empty()) {
        throw Error(ErrorCode::not_found, "No captions of a video " + o.video,
                    "Videos are named as `rest captions PROJECT` lists them.");
    }
    if (console.json) console.print_json(all);
}

/// The settings that `--set` gives for single captions; one that only training reads is rejected, not ignored.
engine::TrainSettings caption_settings(const std::vector<std::string>& assignments) {
    engine::TrainSettings settings;
    settings.clips.image_size = 0;
    check_assignments(assignments);
    for (const auto& assignment : assignments) {
        const auto name = assignment.substr(0, assignment.find('='));
        const auto infos = engine::setting_infos();
        const auto info = std::ranges::find(infos, name, &engine::SettingInfo::name);
        if (info != infos.end() && info->group != "Clips" && info->group != "Captions" && info->group != "Machine") {
            throw Error(ErrorCode::invalid_argument, fmt::format("{} does not change how clips are captioned", name),
                        "Set it with `rest train`.");
        }
        assign(settings, assignment);
    }
    return settings;
}

}  // namespace

void add_captions(CLI::App& app, Console& console) {
    auto list = std::make_shared<CaptionsOptions>();
    auto* command =
        app.add_subcommand("captions", "List the captions W_i of a project's videos, with scores and origin");
    command->add_option("project", list->project)->required();
    command->add_option("--video", list->video, "Name of one video");
    command->add_option("--step", list->step, "One retrieval step; all without");
    command->add_option("--run", list->run, "Number of the run; the newest without");
    command->add_flag("--json", console.json);
    command->callback([list, &console] { list_captions(*list, console); });

    struct Caption {
        std::vector<std::string> clips;
        std::string captioner;
        std::vector<std::string> set;
    };
    auto one = std::make_shared<Caption>();
    command = app.add_subcommand("caption", "Caption clips without a project");
    command->add_option("clips", one->clips, "Video files")->required();
    command->add_option("--captioner", one->captioner,
                        "Name of a model, BLIP or trained folder; the demo model without");
    command->add_option("--set", one->set, "name=value of a caption setting");
    command->add_flag("--json", console.json);
    command->callback([one, &console] {
        engine::CaptionParams params{.captioner = one->captioner.empty() ? resources_dir() / "demo" / "blip"
                                                                         : models::model_folder(one->captioner)};
        const auto settings = caption_settings(one->set);
        params.generation = settings.generation;
        params.input = settings.clips;
        params.machine = settings.machine;
        for (const auto& clip : one->clips) params.clips.emplace_back(clip);
        std::vector<engine::CaptionResult> results;
        const auto job = engine::make_caption_job(params, [&](auto found) { results = std::move(found); });
        console.run(*job);
        nlohmann::json all = nlohmann::json::array();
        bool any = false;
        for (const auto& r : results) {
            any = any || r.problem.empty();
            if (!r.problem.empty())
                console.task().log(LogLevel::warning, r.file + ": " + r.problem);
            else if (!console.json)
                console.print(r.file + ": " + r.caption);
            nlohmann::json row = {{"file", r.file}, {"caption", r.caption}, {"score", r.score}};
            if (!r.problem.empty()) row = {{"file", r.file}, {"problem", r.problem}};
            all.push_back(row);
        }
        if (console.json) console.print_json(all);
        if (!any) throw Error(ErrorCode::damaged, "None of the clips could be read");
    });
}

}  // namespace rest::app
