// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/probe.h"

#include <string>

#include "core/base/file_error.h"
#include "core/media/picture_file.h"

namespace rest::media {

namespace fs = std::filesystem;

Expected<ClipProbe> probe_clip(const fs::path& clip, int samples, const fs::path& png_folder,
                               const MediaLimits& limits) {
    auto reader = VideoReader::open(clip, limits);
    if (!reader) return tl::make_unexpected(reader.error());
    // Decoded even if no PNG is wanted: otherwise the number of frames is only the container's claim.
    const auto images = reader->sample(samples);
    if (!images) return tl::make_unexpected(images.error());
    const VideoInfo& info = reader->info();
    ClipProbe probe{clip, info.frames, info.width, info.height, uniform_sample(info.frames, samples)};
    if (png_folder.empty()) return probe;
    make_folder(png_folder);
    for (size_t i = 0; i < images->size(); ++i) {
        write_png(png_folder / (clip.stem().string() + "_" + std::to_string(i) + ".png"), (*images)[i]);
    }
    return probe;
}

}  // namespace rest::media
