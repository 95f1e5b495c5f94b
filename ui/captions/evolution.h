// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/evaluation/metrics/word_diff.h"
#include "core/store/records.h"

namespace rest::ui {

/// A caption that the captioner made of the video itself at a step, however often.
struct SaidCaption {
    std::string text;
    std::string model;        // "blip", "run 3 epoch 10"
    std::vector<int> frames;  // ascending; empty when it was made of the whole clip
    int times = 0;            // over frames and prompts
    int place = -1;           // in the list of that step; -1: not chosen
};

/// A member of W_i beside what the step before had.
struct KeptCaption {
    store::CaptionRecord caption;
    bool fresh = false;     // not in the list of the step before
    int place_before = -1;  // there, when it was
    /// Against `like`; of a fresh caption when one of the step before has a third of its words.
    std::optional<evaluation::WordDiff> diff;
    std::string like;
};

/// A retrieval step of one video: what was said, what was kept, what was given up.
struct EvolutionStep {
    int step = 0;
    std::vector<SaidCaption> said;               // chosen ones first, then the most frequent
    std::vector<KeptCaption> kept;               // best first
    std::vector<store::CaptionRecord> given_up;  // of the step before
    /// Equal words, equal steps: what a panel shows need not be made anew.
    std::string fingerprint() const;
};

/// Captions are compared by caption_key(). Steps ascending; those that have lists.
std::vector<EvolutionStep> evolutionOf(std::vector<store::CaptionRecord> captions,
                                       const std::vector<store::GeneratedCaption>& made);

}  // namespace rest::ui
