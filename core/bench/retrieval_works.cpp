// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "core/base/random.h"
#include "core/bench/works.h"
#include "core/retrieval/caption_update.h"
#include "core/retrieval/neighbours.h"
#include "core/tensor/unit_length.h"

namespace rest::bench {
namespace {

constexpr int64_t kWidth = 512;   // of CLIP's features
constexpr int64_t kCaptions = 3;  // K

torch::Tensor unit_rows(int64_t n, uint64_t seed) {
    torch::manual_seed(seed);
    return tensor::unit_length(torch::randn({n, kWidth}));
}

struct UpdateInput {
    retrieval::CaptionLists lists;
    torch::Tensor neighbours, videos, texts;
    std::vector<std::string> words;
};

/// Every video has K captions of its own; neighbours are drawn at random, the worst case for the caches.
std::shared_ptr<UpdateInput> update_input(int64_t n, int64_t h) {
    auto in = std::make_shared<UpdateInput>();
    in->videos = unit_rows(n, 1);
    in->texts = unit_rows(n * kCaptions, 2);
    in->neighbours = torch::randint(0, n, {n, h}, torch::kInt32);
    in->neighbours.select(1, 0).copy_(torch::arange(n, torch::kInt32));
    in->words.resize(static_cast<size_t>(n * kCaptions));
    for (int64_t i = 0; i <= n; ++i) in->lists.offsets.push_back(i * kCaptions);
    for (int64_t i = 0; i < n * kCaptions; ++i) {
        in->lists.ids.push_back(static_cast<int32_t>(i));
        in->words[i] = fmt::format("caption {}", i);
    }
    return in;
}

}  // namespace

Work neighbours_work(const BenchSettings& settings, torch::Device device) {
    const int64_t n = settings.videos, h = std::max<int64_t>(1, n / 100);
    const auto features = unit_rows(n, 1);
    return {.name = "neighbours",
            .description = fmt::format("the {} nearest of {} videos, d = {}", h, n, kWidth),
            .flop = 2.0 * static_cast<double>(n) * static_cast<double>(n) * kWidth,
            .run =
                [=] {
                    SilentTask task;
                    retrieval::nearest_neighbours(features, {.h = h, .device = device}, task);
                },
            .float32 = true};
}

Work update_work(const BenchSettings& settings, torch::Device device) {
    const int64_t n = settings.update_videos, h = std::max<int64_t>(1, n / 100);
    const auto in = update_input(n, h);
    const auto scores = static_cast<double>(n) * static_cast<double>(h * kCaptions);
    return {.name = "update",
            .description = fmt::format("top {} captions of {} videos with {} neighbours, {} captions", kCaptions, n, h,
                                       n * kCaptions),
            .flop = 2 * scores * kWidth,
            .run =
                [=] {
                    SilentTask task;
                    retrieval::update_captions(in->lists, in->neighbours, in->videos, in->texts, in->words,
                                               {.k = kCaptions, .device = device}, task);
                },
            .float32 = true};
}

}  // namespace rest::bench
