// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/frame_pool.h"

#include <algorithm>

#include "core/base/parallel.h"
#include "core/demo/world/captions.h"
#include "core/demo/world/renderer.h"
#include "core/image/view.h"
#include "core/media/picture_file.h"

namespace rest::demo {
namespace {

constexpr int kCaptionsPerFrame = 4;
constexpr int kChunk = 500;  // frames between two checks for pause and cancel

/// A frame as stored for a clip: at the size of the demo's clips, with JPEG artefacts, then the test view.
image::Image frame_of(const SceneSpec& scene, Random& random, int size) {
    const auto picture = render(scene, random.uniform(0, 3), 192, 144);
    const auto stored = media::decode_jpeg(media::encode_jpeg(picture, 85));
    return image::test_view(*stored, size);
}

void put_planes(uint8_t* to, const image::Image& image) {
    const size_t plane = image.rgb.size() / 3;
    for (size_t i = 0; i < plane; ++i) {
        for (size_t c = 0; c < 3; ++c) to[c * plane + i] = image.rgb[3 * i + c];
    }
}

}  // namespace

FramePool render_frames(uint64_t seed, int64_t count, int64_t size, Task& task) {
    FramePool pool;
    pool.frames = torch::empty({count, 3, size, size}, torch::kUInt8);
    pool.blip_captions.resize(count);
    pool.clip_captions.resize(count);
    pool.actions.resize(count);
    // Disjoint from the scenes of any demo world, whose seeds are small.
    const uint64_t world = seed + (uint64_t{1} << 32);
    task.begin("Drawing frames", "frames", count);
    for (int64_t start = 0; start < count; start += kChunk) {
        task.check();
        parallel_for(std::min<int64_t>(kChunk, count - start), [&](int64_t offset) {
            const int64_t i = start + offset;
            const auto scene = draw_scene(world, static_cast<uint64_t>(i));
            Random random(world, static_cast<uint64_t>(i), 1);
            put_planes(pool.frames.data_ptr<uint8_t>() + i * 3 * size * size,
                       frame_of(scene, random, static_cast<int>(size)));
            pool.actions[i] = scene.action;
            // One stream per grammar: changing one leaves the other's captions unchanged.
            Random blip_random(world, static_cast<uint64_t>(i), 2), clip_random(world, static_cast<uint64_t>(i), 3);
            for (int k = 0; k < kCaptionsPerFrame; ++k) {
                pool.blip_captions[i].push_back(blip_caption(scene, blip_random));
                pool.clip_captions[i].push_back(clip_caption(scene, clip_random));
            }
        });
        task.advance(std::min(start + kChunk, count));
    }
    return pool;
}

}  // namespace rest::demo
