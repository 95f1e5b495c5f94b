// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/task.h"
#include "core/store/project.h"

namespace rest::engine {

/// A caption that stands in the lists of several videos.
struct SharedCaption {
    std::string text;
    int64_t videos = 0;
};

/// How varied some lists are.
struct Spread {
    int64_t captions = 0;
    int64_t distinct = 0;   // by caption_key()
    double retrieved = 0;   // percent of the captions
    double mean_words = 0;  // caption_words() of a caption

    double distinct_share() const {
        return captions == 0 ? 0 : static_cast<double>(distinct) / static_cast<double>(captions);
    }
};

struct ClassSpread {
    int label = -1;  // -1: videos without a label
    Spread spread;
};

/// When lists are called collapsed. The paper's retrieval is there to raise their diversity (Sec. 1 and 3.5).
struct CollapseRules {
    double shared_by = 0.2;           // one caption in the lists of more than this share of the videos
    double fall = 0.5;                // share of distinct captions below this part of the first step's
    double words = 3;                 // mean words below this
    int64_t fewest_videos_with = 20;  // fewer lists than that are not judged
};

/// A rule that lists break, and by how much.
struct Collapse {
    enum class Rule { shared, narrowed, short_captions };
    Rule rule = Rule::shared;
    double value = 0;     // share of videos, of distinct captions, or words
    double limit = 0;     // what the rule allows
    std::string caption;  // of `shared`
};

struct StepDiversity {
    int step = 0;
    int64_t videos = 0;  // with lists
    Spread all;
    std::vector<SharedCaption> most_shared;  // of two videos or more, those of most first, then by bytes; at most 20
    std::vector<ClassSpread> classes;        // ascending
    std::vector<Collapse> collapsed;
};

/// Every finished retrieval step of a run, in order. Reads each step's captions once and each distinct text once. The
/// task is checked now and then. Throws what the store throws, and Cancelled.
std::vector<StepDiversity> caption_diversity(const store::Project& project, store::RunId run, Task& task,
                                             const CollapseRules& rules = {});

/// The videos whose list of that step holds the caption, ascending. Throws what the store throws, and Cancelled.
std::vector<store::VideoId> videos_with_caption(const store::Project& project, store::RunId run, int step,
                                                const std::string& caption, Task& task);

}  // namespace rest::engine
