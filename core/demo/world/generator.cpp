// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/world/generator.h"

#include <fmt/format.h>

#include <cmath>
#include <mutex>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/demo/world/actions.h"
#include "core/demo/world/renderer.h"
#include "core/media/video_writer.h"

namespace rest::demo {
namespace {

namespace fs = std::filesystem;

struct PlannedClip {
    fs::path path;
    SceneSpec scene;
};

int64_t frame_count(const WorldSettings& settings) {
    return std::llround(settings.seconds * settings.frames_per_second);
}

void check_settings(const WorldSettings& s) {
    const bool sensible = s.train_per_class >= 0 && s.val_per_class >= 0 && s.train_per_class + s.val_per_class > 0 &&
                          s.width >= 16 && s.height >= 16 && s.width % 2 == 0 && s.height % 2 == 0 &&
                          s.frames_per_second > 0 && frame_count(s) > 0;
    if (sensible) return;
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("A demo world of {} + {} clips a class, {} x {} pixels, {} s at {} frames a second cannot be drawn",
                    s.train_per_class, s.val_per_class, s.width, s.height, s.seconds, s.frames_per_second),
        "Ask for at least one clip and one frame, and for an even width and height of 16 pixels or more.");
}

std::string readme_of(const WorldSettings& s) {
    return fmt::format(
        "These clips were drawn by REST Studio for its demo. They show no real people, places or actions;\n"
        "figures measured on them say nothing about real videos.\n\n"
        "Seed {}; {} clips of each class in train, {} in val; classes that are in val only are novel on purpose.\n"
        "{} x {} pixels, {} frames a second, {} seconds.\n",
        s.seed, s.train_per_class, s.val_per_class, s.width, s.height, s.frames_per_second, s.seconds);
}

/// The README records the settings: clips drawn with the same ones may stay, others belong to another world.
void claim_folder(const fs::path& folder, const WorldSettings& settings) {
    const auto readme = folder / "README.txt";
    if (fs::exists(readme) && read_file(readme) == readme_of(settings)) return;
    if (fs::exists(readme) || fs::exists(folder / "train") || fs::exists(folder / "val")) {
        throw Error(ErrorCode::invalid_argument,
                    folder.string() + " holds other clips than the demo world that was asked for",
                    "Choose an empty folder or remove that one.");
    }
    fs::create_directories(folder);
    write_file_atomically(readme, readme_of(settings));
}

std::vector<PlannedClip> plan(const fs::path& folder, const WorldSettings& settings) {
    std::vector<PlannedClip> clips;
    uint64_t index = 0;
    const auto actions = demo_actions();
    for (const bool val : {false, true}) {
        for (size_t a = 0; a < actions.size(); ++a) {
            const int count = val ? settings.val_per_class : settings.train_per_class;
            if (count == 0 || (!val && actions[a].novel)) continue;
            const auto place = folder / (val ? "val" : "train") / actions[a].class_name;
            fs::create_directories(place);
            for (int i = 0; i < count; ++i, ++index) {
                clips.push_back(
                    {place / fmt::format("{:03d}.mp4", i), draw_scene(settings.seed, index, static_cast<int>(a))});
            }
        }
    }
    return clips;
}

void write_clip(const PlannedClip& clip, const WorldSettings& settings) {
    media::VideoWriter writer(clip.path, {.width = settings.width,
                                          .height = settings.height,
                                          .frames_per_second = settings.frames_per_second,
                                          .comment = "REST Studio demo world, drawn by a program"});
    for (int64_t i = 0; i < frame_count(settings); ++i) {
        writer.add(
            render(clip.scene, static_cast<double>(i) / settings.frames_per_second, settings.width, settings.height));
    }
    writer.finish();
}

}  // namespace

void generate_world(const fs::path& folder, const WorldSettings& settings, Task& task) {
    check_settings(settings);
    claim_folder(folder, settings);
    const auto clips = plan(folder, settings);
    task.begin("Drawing the demo world", "clips", static_cast<int64_t>(clips.size()));
    std::mutex mutex;
    int64_t done = 0, kept = 0;
    parallel_for(static_cast<int64_t>(clips.size()), [&](int64_t i) {
        task.check();
        const bool there = fs::exists(clips[i].path);
        if (!there) write_clip(clips[i], settings);
        std::lock_guard lock(mutex);
        kept += there;
        task.advance(++done);
    });
    if (kept > 0)
        task.log(LogLevel::info, fmt::format("Kept {} of {} clips that were drawn before", kept, clips.size()));
}

std::vector<image::Image> sample_frames(const SceneSpec& scene, int samples, int width, int height,
                                        const WorldSettings& settings) {
    std::vector<image::Image> frames;
    for (int i = 0; i < samples; ++i) {
        const auto frame = std::floor((i + .5) * static_cast<double>(frame_count(settings)) / samples);
        frames.push_back(render(scene, frame / settings.frames_per_second, width, height));
    }
    return frames;
}

}  // namespace rest::demo
