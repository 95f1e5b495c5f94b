// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/retrieval/caption_update.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "core/base/error.h"
#include "core/base/multiversion.h"
#include "core/retrieval/candidate_scores.h"
#include "core/retrieval/caption_candidates.h"
#include "core/retrieval/cuda_retrieval.h"
#include "core/retrieval/exact_scores.h"
#include "core/retrieval/neighbours.h"

namespace rest::retrieval {
namespace {

void require(bool holds, const std::string& message) {
    if (!holds) throw Error(ErrorCode::invalid_argument, message);
}

void check_lists(const CaptionLists& lists, int64_t videos, int64_t captions) {
    const auto& offsets = lists.offsets;
    require(std::ssize(offsets) == videos + 1, fmt::format("{} caption offsets for {} videos", offsets.size(), videos));
    require(offsets.front() == 0 && offsets.back() == std::ssize(lists.ids) &&
                std::is_sorted(offsets.begin(), offsets.end()),
            "The offsets of the caption lists are out of order");
    for (const int32_t id : lists.ids) {
        if (id < 0 || id >= captions) require(false, fmt::format("Caption {} of {} is in a list", id, captions));
    }
}

/// Whether all values are in [0, end).
REST_MULTIVERSION bool all_within(const int32_t* values, int64_t n, uint32_t end) {
    int bad = 0;
    for (int64_t i = 0; i < n; ++i) bad |= static_cast<uint32_t>(values[i]) >= end;
    return bad == 0;
}

torch::Tensor checked_neighbours(const torch::Tensor& neighbours, int64_t first, int64_t videos) {
    require(neighbours.defined() && neighbours.dim() == 2 && neighbours.scalar_type() == torch::kInt32,
            "Neighbours must be an int32 matrix");
    require(first >= 0 && first + neighbours.size(0) <= videos,
            fmt::format("Neighbours of the videos {} to {} of {}", first, first + neighbours.size(0), videos));
    auto out = neighbours.to(torch::kCPU).contiguous();
    constexpr int64_t kPiece = int64_t{1} << 20;
    parallel_rows((out.numel() + kPiece - 1) / kPiece, [&](int64_t p) {
        const int32_t* values = out.data_ptr<int32_t>() + p * kPiece;
        const int64_t n = std::min(kPiece, out.numel() - p * kPiece);
        if (all_within(values, n, static_cast<uint32_t>(videos))) return;
        const auto* bad = std::find_if(values, values + n, [&](int32_t v) { return v < 0 || v >= videos; });
        require(false, fmt::format("Neighbour {} of {} videos", *bad, videos));
    });
    return out;
}

/// The inputs for computing one video's list.
struct Update {
    const CaptionLists& lists;
    torch::Tensor neighbours;  // (n, H) int32
    int64_t first;             // the video of their first row
    torch::Tensor videos;      // (N, d)
    torch::Tensor captions;    // (C, d)
    std::span<const std::string> texts;
    int64_t k;
    float error = 0;  // of the guesses

    std::vector<ScoredCaption> alone(int64_t video) const;
    std::vector<ScoredCaption> best(int64_t video, std::span<const int32_t> ids, std::span<const float> guesses) const;
    void find_sources(int64_t video, std::vector<ScoredCaption>& kept) const;
};

/// The K best of a video's candidates by exact score, then byte order.
std::vector<ScoredCaption> Update::best(int64_t video, std::span<const int32_t> ids,
                                        std::span<const float> guesses) const {
    const auto kept = static_cast<size_t>(std::min<int64_t>(k, std::ssize(ids)));
    if (kept == 0) return {};
    std::vector<float> order(guesses.begin(), guesses.end());
    std::nth_element(order.begin(), order.begin() + static_cast<int64_t>(kept) - 1, order.end(), std::greater<>());
    const float threshold = order[kept - 1] - 2 * error;
    std::vector<int32_t> close;
    for (size_t i = 0; i < ids.size(); ++i) {
        if (guesses[i] >= threshold) close.push_back(ids[i]);
    }
    std::vector<float> exact(close.size());
    const int64_t d = videos.size(1);
    exact_dots(videos.data_ptr<float>() + video * d, captions.data_ptr<float>(), close, d, exact.data());
    std::vector<ScoredCaption> out(close.size());
    for (size_t i = 0; i < close.size(); ++i) out[i] = {close[i], exact[i], static_cast<int32_t>(video)};
    std::partial_sort(out.begin(), out.begin() + static_cast<int64_t>(kept), out.end(),
                      [this](const auto& a, const auto& b) {
                          return a.score > b.score || (a.score == b.score && texts[a.id] < texts[b.id]);
                      });
    out.resize(kept);
    return out;
}

void Update::find_sources(int64_t video, std::vector<ScoredCaption>& kept) const {
    const auto holds = [this](int64_t holder, int32_t id) {
        const auto list = list_of(lists, holder);
        return std::find(list.begin(), list.end(), id) != list.end();
    };
    const int64_t h = neighbours.size(1);
    const int32_t* row = neighbours.data_ptr<int32_t>() + (video - first) * h;
    for (auto& caption : kept) {
        if (holds(video, caption.id)) continue;  // the source is the video itself, already set
        caption.source_video = *std::find_if(row, row + h, [&](int32_t other) { return holds(other, caption.id); });
    }
}

/// One video's list, without guesses.
std::vector<ScoredCaption> Update::alone(int64_t video) const {
    const auto ids = gather_candidates(lists, neighbours, first, captions.size(0), {video, video + 1}).front();
    std::vector<float> scores(ids.size());
    const int64_t d = videos.size(1);
    exact_dots(videos.data_ptr<float>() + video * d, captions.data_ptr<float>(), ids, d, scores.data());
    auto kept = best(video, ids, scores);
    find_sources(video, kept);
    return kept;
}

}  // namespace

std::vector<std::vector<ScoredCaption>> update_captions(const CaptionLists& lists, const torch::Tensor& neighbours,
                                                        const torch::Tensor& video_features,
                                                        const torch::Tensor& text_features,
                                                        std::span<const std::string> texts,
                                                        const CaptionUpdateSettings& settings, Task& task) {
    torch::NoGradGuard no_grad;
    const auto videos = checked_features(video_features, "Video features");
    const auto captions = checked_features(text_features, "Text features");
    const int64_t n = videos.size(0), c = captions.size(0);
    require(videos.size(1) == captions.size(1),
            fmt::format("Video features of {} and text features of {} dimensions", videos.size(1), captions.size(1)));
    require(std::ssize(texts) == c, fmt::format("{} texts for {} text features", texts.size(), c));
    require(
        settings.k >= 1 && settings.tile_rows >= 1,
        fmt::format("captions_per_video = {} and tile_rows = {} must be at least 1", settings.k, settings.tile_rows));
    check_lists(lists, n, c);
    Update update{lists,     checked_neighbours(neighbours, settings.first, n), settings.first, videos, captions, texts,
                  settings.k};
    const VideoRange of{settings.first, settings.first + neighbours.size(0)};
    task.begin("Updating captions", "videos", of.size());
    if (auto by_kernels = captions_by_kernels(
            {lists, update.neighbours, videos, captions, texts}, settings,
            [&](int64_t video) { return update.alone(video); }, task)) {
        return std::move(*by_kernels);
    }
    update.error = guess_error(videos, captions, settings.device);
    const CandidateScorer score(videos, captions, settings.device);
    std::vector<std::vector<ScoredCaption>> updated(of.size());
    for (int64_t first = of.first; first < of.end; first += settings.tile_rows) {
        task.check();
        const int64_t count = std::min(settings.tile_rows, of.end - first);
        const auto candidates = gather_candidates(lists, update.neighbours, of.first, c, {first, first + count});
        const auto guesses = score(candidates, first);
        parallel_rows(count, [&](int64_t v) {
            auto& list = updated[first - of.first + v];
            list = update.best(first + v, candidates[v], guesses[v]);
            update.find_sources(first + v, list);
        });
        task.advance(first - of.first + count);
    }
    return updated;
}

}  // namespace rest::retrieval
