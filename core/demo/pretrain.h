// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/task.h"

namespace rest::demo {

/// How the demo's two small models are trained. The defaults produced those in resources/demo.
struct PretrainSettings {
    uint64_t seed = 20221;
    int64_t frames = 32000;    // single frames drawn, each from its own scene
    int64_t blip_epochs = 12;  // over those frames
    int64_t clip_epochs = 6;
    int64_t blip_batch = 64;  // frames
    int64_t clip_batch = 128;
    double learning_rate = 1e-3;  // cosine, after a short warm-up
    std::string device = "auto";
};

/// Renders frames, trains a small BLIP and a small CLIP on them from scratch, and writes `folder`/blip and
/// `folder`/clip as Hugging Face folders. Seeded: the same settings on the same machine give identical files.
void pretrain_demo_models(const std::filesystem::path& folder, const PretrainSettings& settings, Task& task);

}  // namespace rest::demo
