// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/base/task.h"
#include "core/demo/world/scene.h"
#include "core/image/image.h"

namespace rest::demo {

struct WorldSettings {
    uint64_t seed = 1;
    int train_per_class = 11;  // for the classes that are not novel
    int val_per_class = 6;
    int width = 192;   // even
    int height = 144;  // even
    double frames_per_second = 12;
    double seconds = 3;
};

/// Writes train/<class>/<nnn>.mp4 and val/<class>/<nnn>.mp4 (novel classes in val only) and a README that says that
/// this is a drawn world. Several clips in parallel; cancelling leaves only complete clips, and the next call draws the
/// missing ones and logs how many it kept. Throws Error: invalid_argument for settings that give no clips or a folder
/// that holds another world, io, no_space; Cancelled.
void generate_world(const std::filesystem::path& folder, const WorldSettings& settings, Task& task);

/// The frames that uniform sampling takes from the scene's clip, as drawn (not video-coded).
std::vector<image::Image> sample_frames(const SceneSpec& scene, int samples, int width, int height,
                                        const WorldSettings& settings = {});

}  // namespace rest::demo
