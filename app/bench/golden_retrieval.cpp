// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "app/bench/golden.h"
#include "core/retrieval/caption_update.h"
#include "core/retrieval/neighbours.h"
#include "core/tensor/unit_length.h"

namespace rest::app {
namespace {

using Updated = std::vector<std::vector<retrieval::ScoredCaption>>;

std::vector<std::vector<int32_t>> as_lists(const torch::Tensor& neighbours) {
    std::vector<std::vector<int32_t>> lists;
    const int32_t* at = neighbours.data_ptr<int32_t>();
    for (int64_t i = 0; i < neighbours.size(0); ++i, at += neighbours.size(1))
        lists.emplace_back(at, at + neighbours.size(1));
    return lists;
}

retrieval::CaptionLists read_lists(const nlohmann::json& json, const std::vector<std::string>& texts) {
    retrieval::CaptionLists lists{{0}, {}};
    for (const auto& list : json) {
        for (const auto& caption : list) {
            const auto found = std::find(texts.begin(), texts.end(), caption.get<std::string>());
            lists.ids.push_back(static_cast<int32_t>(found - texts.begin()));
        }
        lists.offsets.push_back(static_cast<int64_t>(lists.ids.size()));
    }
    return lists;
}

bool same_texts(const Updated& got, const nlohmann::json& wanted, const std::vector<std::string>& texts) {
    return std::equal(got.begin(), got.end(), wanted.begin(), wanted.end(),
                      [&](const auto& a, const nlohmann::json& b) {
                          return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                                            [&](const retrieval::ScoredCaption& caption, const nlohmann::json& entry) {
                                                return texts[caption.id] == entry[0].template get<std::string>();
                                            });
                      });
}

bool same(const Updated& a, const Updated& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& left, const auto& right) {
        return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                          [](const retrieval::ScoredCaption& x, const retrieval::ScoredCaption& y) {
                              return x.id == y.id && x.score == y.score && x.source_video == y.source_video;
                          });
    });
}

/// Random unit rows, the first `copies` of them identical: ties.
torch::Tensor unit_rows(int64_t n, int64_t copies) {
    auto rows = tensor::unit_length(torch::randn({n, 512}));
    rows.slice(0, 0, copies).copy_(rows.slice(0, copies, copies + 1).expand({copies, 512}));
    return rows;
}

void check_golden_lists(const GoldenSettings& s, CheckReport& report) {
    const auto expected = read_golden_json(s.folder / "retrieval" / "expected.json");
    auto features = golden_tensors(s.folder / "retrieval" / "features.safetensors", torch::kCPU);
    SilentTask task;
    const auto wanted = expected["neighbours"].get<std::vector<std::vector<int32_t>>>();
    const auto neighbours =
        retrieval::nearest_neighbours(features["video"], {.h = expected["h"].get<int64_t>(), .device = s.device}, task);
    report.check("retrieval: neighbours equal", as_lists(neighbours) == wanted);
    const auto texts = expected["captions"].get<std::vector<std::string>>();
    const auto updated = retrieval::update_captions(read_lists(expected["lists"], texts), neighbours, features["video"],
                                                    features["text"], texts,
                                                    {.k = expected["k"].get<int64_t>(), .device = s.device}, task);
    report.check("retrieval: updated lists equal", same_texts(updated, expected["updated"], texts));
}

/// On larger inputs than the golden data, against the lists that the CPU computes.
void check_made_up_lists(const GoldenSettings& s, CheckReport& report) {
    constexpr int64_t kVideos = 6000, kCaptions = 12000;
    torch::manual_seed(3);
    SilentTask task;
    const auto videos = unit_rows(kVideos, 400), texts = unit_rows(kCaptions, 50);
    const auto here = retrieval::nearest_neighbours(videos, {.h = 300}, task);
    const auto there = retrieval::nearest_neighbours(
        videos, {.h = 300, .tile_rows = 512, .tile_columns = 2048, .device = s.device}, task);
    report.check("retrieval: 6,000 videos, device as host", torch::equal(here, there));
    retrieval::CaptionLists lists;
    std::vector<std::string> words;
    for (int64_t i = 0; i <= kVideos; ++i) lists.offsets.push_back(i * kCaptions / kVideos);
    for (int32_t i = 0; i < kCaptions; ++i) {
        lists.ids.push_back(i);
        words.push_back("caption " + std::to_string(i));
    }
    const auto on_host = retrieval::update_captions(lists, here, videos, texts, words, {.k = 3}, task);
    const auto on_device =
        retrieval::update_captions(lists, here, videos, texts, words, {.k = 3, .device = s.device}, task);
    report.check("retrieval: 12,000 captions, device as host", same(on_host, on_device));
}

}  // namespace

void check_retrieval(const GoldenSettings& s, CheckReport& report) {
    check_golden_lists(s, report);
    check_made_up_lists(s, report);
}

}  // namespace rest::app
