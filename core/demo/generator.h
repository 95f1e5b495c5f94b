// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/base/task.h"

namespace rest {

struct WorldSettings {
    uint64_t seed = 1;
    int train_per_class = 11;  // of the classes that are not novel
    int val_per_class = 6;
    int width = 192;
    int height = 144;
    double frames_per_second = 12;
    double seconds = 3;
};

/// Writes train/<class>/<nnn>.mp4 and val/<class>/<nnn>.mp4 (novel classes in val only) and a README that says that this is
/// a drawn world. Several clips at a time; cancelling leaves whole clips only.
void generate_world(const std::filesystem::path& folder, const WorldSettings& settings, Task& task);

}  // namespace rest
