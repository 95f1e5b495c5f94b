// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "core/dataset/dataset.h"
#include "core/engine/imports/import_job.h"
#include "core/engine/inference/check_models.h"
#include "core/models/model_list.h"
#include "core/store/project.h"

namespace rest::app {
namespace {

namespace fs = std::filesystem;

/// What an import would find, with every problem.
void show_listing(const fs::path& source, const dataset::ScanSettings& settings, Console& console) {
    SilentTask task;
    const auto listing = dataset::scan_dataset(source, settings, task);
    for (const auto& line : dataset::listing_lines(listing)) console.print(line);
    if (listing.problems.empty()) return;
    console.print("Problems: " + std::to_string(listing.problems.size()));
    for (const auto& problem : listing.problems) {
        console.print("  " + problem.file + ": " + problem.message +
                      (problem.remedy.empty() ? "" : ". " + problem.remedy));
    }
}

}  // namespace

void add_project(CLI::App& app, Console& console) {
    struct Init {
        std::string project, captioner, clip;
    };
    auto init = std::make_shared<Init>();
    auto* command = app.add_subcommand("init", "Create a project");
    command->add_option("project", init->project, "Folder to create; its name gets .rest")->required();
    command->add_option("--captioner", init->captioner,
                        "Name of a model (`rest models list`), BLIP folder (Hugging Face) or the authors' .pth; "
                        "default: the demo model");
    command->add_option("--clip", init->clip,
                        "Name of a model, or CLIP folder (Hugging Face); default: the demo model");
    command->callback([init, &console] {
        const store::ProjectModels models{models::name_or_absolute_path(init->captioner),
                                          models::name_or_absolute_path(init->clip)};
        for (const auto& line : engine::check_models(models)) console.task().log(LogLevel::warning, line);
        const auto project = store::Project::create(init->project, models);
        console.print("Created " + project.folder().string());
    });

    struct Import {
        std::string project, source, layout = "auto", folders = "auto";
        bool dry_run = false;
    };
    auto import = std::make_shared<Import>();
    command = app.add_subcommand("import", "Add a folder or list of videos to a project");
    command->add_option("project", import->project)->required();
    command->add_option("source", import->source, "Folder, or CSV or text list")->required();
    command->add_option("--layout", import->layout, "auto, kinetics, ucf101, hmdb51, mmaction2 or flat")
        ->capture_default_str();
    command
        ->add_option("--folders", import->folders,
                     "What folders called train, val or test are: splits, classes, or auto")
        ->capture_default_str();
    command->add_flag("--dry-run", import->dry_run, "Report what is listed and what exists, and import nothing");
    command->callback([import, &console] {
        const dataset::ScanSettings settings{dataset::layout_from_string(import->layout),
                                             dataset::folder_names_from_string(import->folders)};
        if (import->dry_run) return show_listing(import->source, settings, console);
        const auto job = engine::make_import_job({import->project, import->source, settings.layout, settings.folders});
        console.print(console.run(*job));
    });
}

}  // namespace rest::app
