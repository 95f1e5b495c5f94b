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
    bool retrieved = false;  // from another video, as against made for this one
};

/// The lists W_i after one retrieval step: videos in the same order in every step, captions best first.
struct StepLists {
    int step = 0;  // 0 first captions
    std::vector<std::vector<ListedCaption>> videos;
};

/// How far the lists moved from the step before. Videos without captions in both steps are left out.
struct ListChange {
    int64_t videos = 0;       // compared
    double changed_best = 0;  // percent of these whose best caption is another one
    double word_jaccard = 0;  // 0..1, mean over videos: words common to both lists, of all words in them
    double edit_distance =
        0;  // 0..1, mean over videos: word edits between the best captions, of the longer one's words
};

/// What a retrieval step left. The paper's retrieval is there to raise the captions' diversity (Sec. 1 and 3.5);
/// a caption that very many videos copied shows the contrary.
struct StepDrift {
    int step = 0;
    int64_t captions = 0;     // over all videos
    double retrieved = 0;     // percent of these
    std::string most_copied;  // the retrieved caption of most videos, first in byte order of equals; may be empty
    int64_t copied_by = 0;    // videos that have it from another one
    std::optional<ListChange> change;  // none at the first step
};

/// One entry per step, each compared with the one before. Captions are compared by caption_key(), words by
/// caption_words(). Throws Error (invalid_argument) when the steps have different numbers of videos.
std::vector<StepDrift> caption_drift(std::span<const StepLists> steps);

}  // namespace rest::evaluation
