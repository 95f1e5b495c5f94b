// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/inference/network_views.h"

#include "core/checkpoint/checkpoint.h"
#include "core/engine/inference/clip_store.h"
#include "core/engine/inference/model_files.h"
#include "core/image/view.h"
#include "core/media/frame_cache.h"

namespace rest::engine {

int64_t view_side(const store::ProjectModels& models, const TrainSettings& settings) {
    if (settings.clips.image_size > 0) return settings.clips.image_size;
    return checkpoint::read_checkpoint(starting_captioner(models, settings.supervision), checkpoint::Reading::shapes)
        .sizes.vision.image;
}

Expected<std::vector<image::Image>> network_views(const std::filesystem::path& video, int64_t samples, int64_t side,
                                                  Task& task) {
    media::MediaLimits limits;
    limits.threads = media::threads_for_one_clip();
    limits.watch = [&task](const media::ReadProgress&) { task.check(); };
    media::FrameCacheSettings reading = ClipStoreSettings().cache;
    reading.samples = static_cast<int>(samples);
    auto frames = media::FrameCache(reading, limits).frames(video);
    if (!frames) return frames;
    for (auto& frame : *frames) frame = image::test_view(frame, static_cast<int>(side));
    return frames;
}

}  // namespace rest::engine
