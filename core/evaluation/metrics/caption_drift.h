// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rest::evaluation {

/// One caption of W_i.
struct ListedCaption {
    std::string text;
    bool retrieved = false;  // from another video, rather than generated for this one
};

/// The lists W_i after one retrieval step: videos in the same order in every step, captions best first.
struct StepLists {
    int step = 0;  // 0 first captions
    std::vector<std::vector<ListedCaption>> videos;
};

/// How much the lists changed since the previous step. Videos without captions in either step are left out.
struct ListChange {
    int64_t videos = 0;       // compared
    double changed_best = 0;  // percent of these whose best caption has changed
    double word_jaccard = 0;  // 0..1, mean over videos: words common to both lists, as a share of all their words
    double edit_distance =
        0;  // 0..1, mean over videos: word edits between the best captions, relative to the longer one
};

/// The state after a retrieval step. The purpose of the paper's retrieval is to make captions more diverse (Sec. 1 and
/// 3.5); a caption copied by very many videos shows the opposite.
struct StepDrift {
    int step = 0;
    int64_t captions = 0;              // over all videos
    double retrieved = 0;              // percent of these
    std::string most_copied;           // the retrieved caption in most videos, ties by byte order; may be empty
    int64_t copied_by = 0;             // videos that retrieved it from another one
    std::optional<ListChange> change;  // empty at the first step
};

/// One entry per step, each compared with the previous one. Captions are compared by caption_key(), words by
/// caption_words(). Throws Error (invalid_argument) if the steps have different numbers of videos.
std::vector<StepDrift> caption_drift(std::span<const StepLists> steps);

}  // namespace rest::evaluation
