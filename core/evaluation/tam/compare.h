// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace rest::evaluation {

/// A run's result for a video.
struct VideoOutcome {
    std::string video;
    int rank = -1;  // of the true class by CLIP-TAM, 0 best, -1 without a label
    std::string caption;
};

enum class Change { improved, worsened, same };
const char* to_string(Change change);

struct VideoChange {
    std::string video;
    Change change = Change::same;  // by rank
    int rank_before = 0, rank_after = 0;
    std::string caption_before, caption_after;
};

/// McNemar's exact test of two runs on the same videos: of those that only one run gets right, are both runs' shares
/// equal? Two-sided, from the binomial distribution with probability 1/2.
struct McNemar {
    int64_t only_before = 0;  // right before, wrong after
    int64_t only_after = 0;   // wrong before, right after
    double p = 1;             // 0..1; 1 if the runs are right on the same videos
};
McNemar mcnemar(int64_t only_before, int64_t only_after);

struct RunComparison {
    std::vector<VideoChange> videos;  // in both runs and labelled, in the first run's order
    int64_t improved = 0, worsened = 0, same = 0;
    int64_t unlabelled = 0;                   // in both runs, left out
    int64_t only_before = 0, only_after = 0;  // videos in only one run, left out
    McNemar top1, top5;
};

/// Compares two runs video by video. Throws Error (invalid_argument) if a run names a video twice.
RunComparison compare_runs(std::span<const VideoOutcome> before, std::span<const VideoOutcome> after);

}  // namespace rest::evaluation
