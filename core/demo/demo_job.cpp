// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/demo_job.h"

#include <fmt/format.h>

#include <chrono>

#include "core/base/file_error.h"
#include "core/demo/world/generator.h"
#include "core/engine/imports/import_job.h"
#include "core/engine/run/train_job.h"
#include "core/store/project.h"

namespace rest::demo {
namespace {

namespace fs = std::filesystem;

/// Removes an earlier demo; refuses to remove anything else.
void clear_folder(const fs::path& folder) {
    const auto project = demo_project(folder);
    if (fs::exists(project)) {
        if (!store::Project::is_project(project) || store::Project::open(project).kind() != "demo") {
            throw Error(ErrorCode::invalid_argument, project.string() + " is there and is no demo project",
                        "Choose another folder with --dir.");
        }
        remove_folder(project);
    }
    remove_folder(folder / "world");
    make_folder(folder);
}

WorldSettings world_settings(const DemoParams& params) {
    WorldSettings world;
    world.seed = params.seed;
    if (params.quick) {
        world.train_per_class = 5;
        world.val_per_class = 3;
    }
    return world;
}

void make_world(const DemoParams& params, engine::JobContext& context) {
    clear_folder(params.folder);
    generate_world(params.folder / "world", world_settings(params), context);
    {
        auto project = store::Project::create(demo_project(params.folder));
        project.set_kind("demo");
    }
    engine::make_import_job({demo_project(params.folder), params.folder / "world", dataset::Layout::kinetics})
        ->run(context);
}

store::RunId train(const DemoParams& params, int64_t neighbours, const std::string& name, engine::JobContext& context) {
    auto settings = demo_settings(params);
    if (neighbours > 0) settings.retrieval.neighbours = neighbours;
    store::RunId trained = 0;
    engine::make_train_job({.project = demo_project(params.folder), .settings = settings, .name = name},
                           [&](const engine::TrainResult& result) { trained = result.run; })
        ->run(context);
    return trained;
}

/// CLIP-TAM at the first or last epoch that was measured.
DemoScore score(const store::Project& project, store::RunId run, bool first) {
    DemoScore out;
    const auto top1 = project.metrics(run, "clip_tam_top1");
    const auto top5 = project.metrics(run, "clip_tam_top5");
    if (top1.empty() || top5.empty()) return out;
    out.top1 = first ? top1.front().value : top1.back().value;
    out.top5 = first ? top5.front().value : top5.back().value;
    return out;
}

class DemoWorldJob final : public engine::Job {
  public:
    explicit DemoWorldJob(DemoParams params) : params_(std::move(params)) {}
    std::string title() const override { return "Demo world"; }
    std::string run(engine::JobContext& context) override {
        make_world(params_, context);
        return "The demo world is drawn and imported";
    }

  private:
    DemoParams params_;
};

class DemoJob final : public engine::Job {
  public:
    DemoJob(DemoParams params, std::function<void(const DemoResult&)> done)
        : params_(std::move(params)), done_(std::move(done)) {}

    std::string title() const override { return "Demo"; }

    std::string run(engine::JobContext& context) override {
        const auto started = std::chrono::steady_clock::now();
        make_world(params_, context);
        DemoResult result{.seed = params_.seed};
        if (params_.self_training) {
            const store::RunId alone = train(params_, 1, "Self-training alone (H = 1)", context);
            result.self_training = score(open(), alone, false);
        }
        const store::RunId rest = train(params_, 0, "REST", context);
        const auto project = open();
        result.first = score(project, rest, true);
        result.rest = score(project, rest, false);
        for (const auto& video : project.videos())
            (video.split == dataset::Split::train ? result.train_clips : result.val_clips)++;
        result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
        done_(result);
        return fmt::format("CLIP-TAM top-1: first captions {:.1f} %, REST {:.1f} %", result.first.top1,
                           result.rest.top1);
    }

  private:
    store::Project open() const {
        return store::Project::open(demo_project(params_.folder), store::OpenMode::read_only);
    }

    DemoParams params_;
    std::function<void(const DemoResult&)> done_;
};

}  // namespace

fs::path demo_project(const fs::path& folder) {
    return folder / "demo.rest";
}

engine::TrainSettings demo_settings(const DemoParams& params) {
    auto settings = engine::preset("demo");
    settings.optimisation.seed = static_cast<int64_t>(params.seed);
    if (params.quick) {
        settings.optimisation.epochs = 6;
        settings.retrieval.epochs_per_retrieval = 2;
    }
    return settings;
}

std::unique_ptr<engine::Job> make_demo_job(const DemoParams& params, std::function<void(const DemoResult&)> done) {
    return std::make_unique<DemoJob>(params, std::move(done));
}

std::unique_ptr<engine::Job> make_demo_world_job(const DemoParams& params) {
    return std::make_unique<DemoWorldJob>(params);
}

}  // namespace rest::demo
