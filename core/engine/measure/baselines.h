// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/engine/inference/evaluation_step.h"

namespace rest::engine {

/// Input of a baseline: `clips` holds the videos of `on`.
struct BaselineInput {
    const store::Project& project;
    const ClipStore& clips;
    const EvaluationClips& on;
    const TrainSettings& settings;
    const Machine& machine;
};

/// CLIP zero-shot (Table 2): a video's feature (Sec. 3.4) against the class names' in the settings' templates. A
/// prediction's caption is the class name, its score the cosine. Video features are cached beside the project.
Evaluation clip_zero_shot(const ClipNetwork& clip, const BaselineInput& input, Task& task);

/// BLIP in CLIP mode (Table 2): the same with an image-text matching checkpoint. Throws Error naming it if it is not
/// one.
Evaluation blip_zero_shot(const std::filesystem::path& model, const BaselineInput& input, Task& task);

}  // namespace rest::engine
