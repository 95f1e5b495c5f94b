// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/base/error.h"
#include "core/base/task.h"
#include "core/engine/settings/train_settings.h"
#include "core/image/image.h"
#include "core/store/project.h"

namespace rest::engine {

/// Side of the views in pixels: `image_size`, or where that is 0 what the project's captioner was made for. Reads at
/// most the captioner's header. Throws Error (not_found, damaged) naming the captioner.
int64_t view_side(const store::ProjectModels& models, const TrainSettings& settings);

/// The T test views of a clip as they enter captioner and CLIP: sampled, kept as JPEG, resized and cropped as every
/// job does it, (S, S) each. They are the networks' input before mean and deviation are taken off, which is a change of
/// scale alone: the same picture. Nothing is kept on the disk. A video that cannot be read is a Problem that names it.
/// The task is checked after every packet. Throws Cancelled.
Expected<std::vector<image::Image>> network_views(const std::filesystem::path& video, int64_t samples, int64_t side,
                                                  Task& task);

}  // namespace rest::engine
