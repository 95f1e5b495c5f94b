// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/tam/compare.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>

#include "core/base/error.h"
#include "core/evaluation/tam/clip_tam.h"

namespace rest::evaluation {
namespace {

using Index = std::unordered_map<std::string_view, const VideoOutcome*>;

Index by_video(std::span<const VideoOutcome> run) {
    Index index;
    for (const auto& outcome : run) {
        if (index.emplace(outcome.video, &outcome).second) continue;
        throw Error(ErrorCode::invalid_argument, "Comparing runs: " + outcome.video + " is there twice",
                    "Compare runs that measured each video once.");
    }
    return index;
}

Change change_of(int before, int after) {
    if (after == before) return Change::same;
    return after < before ? Change::improved : Change::worsened;
}

McNemar test(std::span<const VideoChange> videos, int places) {
    int64_t only_before = 0, only_after = 0;
    for (const auto& video : videos) {
        only_before += video.rank_before < places && video.rank_after >= places;
        only_after += video.rank_before >= places && video.rank_after < places;
    }
    return mcnemar(only_before, only_after);
}

}  // namespace

const char* to_string(Change change) {
    switch (change) {
        case Change::improved:
            return "improved";
        case Change::worsened:
            return "worsened";
        case Change::same:
            return "same";
    }
    return "unknown";
}

McNemar mcnemar(int64_t only_before, int64_t only_after) {
    McNemar out{only_before, only_after, 1};
    const auto n = static_cast<double>(only_before + only_after);
    const int64_t fewer = std::min(only_before, only_after);
    if (only_before == only_after) return out;
    // Logarithms, since 2^n overflows a double beyond n = 1023.
    double tail = 0;
    for (int64_t i = 0; i <= fewer; ++i) {
        const auto k = static_cast<double>(i);
        tail += std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) - n * std::log(2.0));
    }
    out.p = std::min(1.0, 2 * tail);
    return out;
}

RunComparison compare_runs(std::span<const VideoOutcome> before, std::span<const VideoOutcome> after) {
    RunComparison out;
    const Index earlier = by_video(before), later = by_video(after);
    for (const auto& first : before) {
        const auto at = later.find(first.video);
        if (at == later.end()) {
            ++out.only_before;
            continue;
        }
        const auto& second = *at->second;
        if (first.rank < 0 || second.rank < 0) {
            ++out.unlabelled;
            continue;
        }
        const auto change = change_of(first.rank, second.rank);
        ++(change == Change::improved ? out.improved : change == Change::worsened ? out.worsened : out.same);
        out.videos.push_back({first.video, change, first.rank, second.rank, first.caption, second.caption});
    }
    out.only_after = std::ssize(after) - (std::ssize(before) - out.only_before);
    out.top1 = test(out.videos, 1);
    out.top5 = test(out.videos, kTopFive);
    return out;
}

}  // namespace rest::evaluation
