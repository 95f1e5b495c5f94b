// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "core/engine/imports/import_job.h"
#include "core/engine/inference/check_models.h"
#include "core/store/project.h"

namespace rest::app {
namespace {

namespace fs = std::filesystem;

std::string absolute_or_empty(const std::string& folder) {
    return folder.empty() ? "" : fs::absolute(folder).string();
}

}  // namespace

void add_project(CLI::App& app, Console& console) {
    struct Init {
        std::string project, captioner, clip;
    };
    auto init = std::make_shared<Init>();
    auto* command = app.add_subcommand("init", "Make a project");
    command->add_option("project", init->project, "Folder to make; its name gets .rest")->required();
    command->add_option("--captioner", init->captioner,
                        "BLIP folder (Hugging Face) or the authors' .pth; the demo model without");
    command->add_option("--clip", init->clip, "CLIP folder (Hugging Face); the demo model without");
    command->callback([init, &console] {
        const store::ProjectModels models{absolute_or_empty(init->captioner), absolute_or_empty(init->clip)};
        for (const auto& line : engine::check_models(models)) console.task().log(LogLevel::warning, line);
        const auto project = store::Project::create(init->project, models);
        console.print("Made " + project.folder().string());
    });

    struct Import {
        std::string project, source, layout = "auto";
    };
    auto import = std::make_shared<Import>();
    command = app.add_subcommand("import", "Add a folder or list of videos to a project");
    command->add_option("project", import->project)->required();
    command->add_option("source", import->source, "Folder, or CSV or text list")->required();
    command->add_option("--layout", import->layout, "auto, kinetics, ucf101, hmdb51, mmaction2 or flat")
        ->capture_default_str();
    command->callback([import, &console] {
        const auto job =
            engine::make_import_job({import->project, import->source, dataset::layout_from_string(import->layout)});
        console.print(console.run(*job));
    });
}

}  // namespace rest::app
