// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "core/engine/queue/engine.h"
#include "core/engine/settings/train_settings.h"

namespace rest::demo {

struct DemoParams {
    std::filesystem::path folder;  // gets world/ (the clips) and demo.rest (the project)
    uint64_t seed = 1;             // of the world and of the training
    bool quick = false;            // fewer clips and epochs
    bool self_training = true;     // train the ablation H = 1 as well as REST
};

struct DemoScore {
    double top1 = 0;  // CLIP-TAM in percent on the val clips
    double top5 = 0;
};

struct DemoResult {
    uint64_t seed = 1;
    DemoScore first;          // before any training
    DemoScore self_training;  // H = 1
    DemoScore rest;
    int64_t train_clips = 0;
    int64_t val_clips = 0;
    double seconds = 0;
};

/// The project of a demo folder.
std::filesystem::path demo_project(const std::filesystem::path& folder);

/// The demo's training settings.
engine::TrainSettings demo_settings(const DemoParams& params);

/// Draws the world, imports it, trains, measures. A demo project already in the folder is recreated; anything else
/// there is an Error (invalid_argument). `done` is called on the engine thread before the job finishes.
std::unique_ptr<engine::Job> make_demo_job(const DemoParams& params, std::function<void(const DemoResult&)> done);

/// Only the first half: draws the world and imports it into a new project, trains nothing.
std::unique_ptr<engine::Job> make_demo_world_job(const DemoParams& params);

}  // namespace rest::demo
