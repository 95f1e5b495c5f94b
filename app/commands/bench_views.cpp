// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/bench_views.h"

#include <algorithm>
#include <cmath>

#include "core/base/random.h"
#include "core/media/picture_file.h"
#include "core/training/augmentation.h"

namespace rest::app {
namespace {

constexpr int kWidth = 340, kHeight = 256, kView = 224;
constexpr int64_t kFramesPerClip = 8, kClips = 125;

/// Waves, edges and a little noise: about 60 KB at the frame cache's quality, larger than most videos' frames.
image::Image scene() {
    image::Image image(kWidth, kHeight);
    Random random(3);
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x) {
            const double wave = std::sin(x * 0.05) + std::cos(y * 0.07) + (x * y / 3000 % 2);
            for (int c = 0; c < 3; ++c) {
                const double level = 110 + 40 * wave * (c - 1) + random.below(16);
                image.row(y)[3 * x + c] = static_cast<uint8_t>(std::clamp(level, 0., 255.));
            }
        }
    }
    return image;
}

struct Frames {
    image::Image picture = scene();
    std::vector<uint8_t> jpeg = media::encode_jpeg(picture, 95);
    std::vector<uint8_t> planes = std::vector<uint8_t>(3 * kView * kView);

    image::Image decoded() const { return media::decode_jpeg(jpeg).value(); }

    void for_each(const std::function<void(const training::AugmentationDraw&)>& body) {
        for (int64_t clip = 0; clip < kClips; ++clip) {
            Random random(11, static_cast<uint64_t>(clip));
            const auto draw = training::draw_augmentation(kWidth, kHeight, {}, random);
            for (int64_t t = 0; t < kFramesPerClip; ++t) body(draw);
        }
    }
};

}  // namespace

std::vector<bench::BenchResult> view_benches(const bench::BenchSettings& settings, const bench::Limits& limits,
                                             Task& task) {
    Frames frames;
    const bench::Work works[] = {{.name = "views-jpeg",
                                  .description = "1000 JPEG frames of 340 x 256 to pictures, 1 thread",
                                  .run = [&] { frames.for_each([&](const auto&) { (void)frames.decoded(); }); }},
                                 {.name = "views-train",
                                  .description = "1000 pictures to augmented views of 224, 1 thread",
                                  .run =
                                      [&] {
                                          frames.for_each([&](const auto& draw) {
                                              training::train_view(frames.picture, draw, kView, frames.planes.data());
                                          });
                                      }},
                                 {.name = "views", .description = "both: seconds are ms a frame and core", .run = [&] {
                                      frames.for_each([&](const auto& draw) {
                                          training::train_view(frames.decoded(), draw, kView, frames.planes.data());
                                      });
                                  }}};
    std::vector<bench::BenchResult> out;
    for (const auto& work : works) out.push_back(bench::time_work(work, settings, limits, task));
    return out;
}

}  // namespace rest::app
