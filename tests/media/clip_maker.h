// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "core/image/image.h"
#include "core/media/video_writer.h"

namespace rest::test {

/// Writes `frames` frames of moving_scene and returns them. `settings` without a size: 96 x 64.
std::vector<image::Image> make_clip(const std::filesystem::path& path, int frames,
                                    media::VideoWriterSettings settings = {});

/// Overwrites bytes in the middle of a file.
void damage_file(const std::filesystem::path& path, size_t offset, std::string_view bytes);

}  // namespace rest::test
