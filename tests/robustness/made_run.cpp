// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/robustness/made_run.h"

#include <algorithm>
#include <cstdio>

#include "core/base/file_checksum.h"
#include "core/demo/world/generator.h"
#include "core/engine/imports/import_job.h"

namespace rest::test {

namespace fs = std::filesystem;

RunResult result_of(const store::Project& project, store::RunId run) {
    RunResult out;
    char epoch[32];
    std::snprintf(epoch, sizeof epoch, "epoch_%04d", project.run(run)->epoch);
    out.weights = file_checksum(project.checkpoints_dir(run) / epoch / "model.safetensors");
    for (const auto& video : project.videos()) {
        for (const auto& c : project.captions(run, video.id)) {
            out.captions.push_back(video.name + " " + std::to_string(c.step) + " " + std::to_string(c.clip_score) +
                                   " " + c.text);
        }
    }
    for (const int e : project.prediction_epochs(run)) {
        for (const auto& p : project.predictions(run, e))
            out.predictions.push_back(std::to_string(e) + " " + p.caption);
    }
    for (const auto& point : project.metrics(run, "loss")) out.losses.push_back(point.value);
    return out;
}

RunResult checked_result(const fs::path& project) {
    return result_of(store::Project::open(project));
}

std::string difference(const RunResult& found, const RunResult& expected) {
    if (found.weights != expected.weights) return "the weights differ";
    if (found.captions != expected.captions) return "the captions differ";
    if (found.predictions != expected.predictions) return "the predictions differ";
    return found.losses != expected.losses ? "the losses differ" : "";
}

std::vector<std::string> video_rows(const store::Project& project) {
    std::vector<std::string> rows;
    for (const auto& v : project.videos()) {
        rows.push_back(v.name + " " + std::to_string(v.label) + " " + std::to_string(v.frames) + " " + v.problem);
    }
    std::ranges::sort(rows);
    return rows;
}

MadeProject::MadeProject(fs::path folder) : folder_(std::move(folder)) {
    SilentTask task;
    demo::generate_world(world(), {.seed = 5, .train_per_class = 1, .val_per_class = 1}, task);
    imported_ = store::Project::create(folder_ / "imported").folder();
    TaskControl control;
    engine::run_here(
        *engine::make_import_job({imported_, world(), dataset::Layout::automatic}), [](const engine::Event&) {},
        control);
}

fs::path MadeProject::fresh(const std::string& name) const {
    const auto project = folder_ / (name + ".rest");
    fs::remove_all(project);
    fs::copy(imported_, project, fs::copy_options::recursive);
    return project;
}

std::vector<std::string> train_command(const fs::path& project, int epochs) {
    if (!store::Project::open(project, store::OpenMode::read_only).runs().empty())
        return {"train", project.string(), "--resume"};
    return {"train",    project.string(),
            "--preset", "demo",
            "--set",    "epochs=" + std::to_string(epochs),
            "--set",    "epochs_per_retrieval=" + std::to_string(std::max(1, epochs / 2)),
            "--set",    "retrievals=2",
            "--set",    "neighbours=6",
            "--set",    "augment=true",
            "--set",    "threads=1"};
}

}  // namespace rest::test
