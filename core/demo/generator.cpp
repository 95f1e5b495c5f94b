// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/generator.h"

#include <fmt/format.h>

#include <atomic>
#include <mutex>

#include "core/base/atomic_file.h"
#include "core/base/parallel.h"
#include "core/demo/actions.h"
#include "core/demo/renderer.h"
#include "core/media/video_writer.h"

namespace rest {
namespace {

struct PlannedClip {
    std::filesystem::path path;
    SceneSpec scene;
};

std::vector<PlannedClip> plan(const std::filesystem::path& folder, const WorldSettings& settings) {
    std::vector<PlannedClip> clips;
    uint64_t index = 0;
    const auto actions = demo_actions();
    for (const bool val : {false, true}) {
        for (size_t a = 0; a < actions.size(); ++a) {
            if (!val && actions[a].novel) continue;
            const auto place = folder / (val ? "val" : "train") / actions[a].class_name;
            std::filesystem::create_directories(place);
            const int count = val ? settings.val_per_class : settings.train_per_class;
            for (int i = 0; i < count; ++i, ++index) {
                clips.push_back({place / fmt::format("{:03d}.mp4", i), draw_scene(settings.seed, index, static_cast<int>(a))});
            }
        }
    }
    return clips;
}

void write_clip(const PlannedClip& clip, const WorldSettings& settings) {
    VideoWriter writer(clip.path, {.width = settings.width,
                                   .height = settings.height,
                                   .frames_per_second = settings.frames_per_second,
                                   .comment = "REST Studio demo world, drawn by a program"});
    const int frames = static_cast<int>(settings.seconds * settings.frames_per_second);
    for (int i = 0; i < frames; ++i) writer.add(render(clip.scene, i / settings.frames_per_second, settings.width, settings.height));
    writer.finish();
}

}  // namespace

void generate_world(const std::filesystem::path& folder, const WorldSettings& settings, Task& task) {
    const auto clips = plan(folder, settings);
    write_file_atomically(folder / "README.txt",
                          "These clips were drawn by REST Studio for its demo. They show no real people, places or actions;\n"
                          "figures measured on them say nothing about real videos.\n");
    task.begin("Drawing the demo world", "clips", static_cast<int64_t>(clips.size()));
    std::mutex mutex;
    int64_t done = 0;
    parallel_for(static_cast<int64_t>(clips.size()), [&](int64_t i) {
        {
            std::lock_guard lock(mutex);
            task.check();
        }
        write_clip(clips[i], settings);
        std::lock_guard lock(mutex);
        task.advance(++done);
    });
}

}  // namespace rest
