// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace rest::evaluation {

/// A video's generated caption and its references; without references the video is counted, not scored.
struct ReferencedCaption {
    std::string caption;
    std::vector<std::string> references;
};

/// The metrics that Sec. 4 names besides CLIP-TAM, on the COCO caption evaluation's scales.
struct ReferenceScores {
    double cider_d = 0;  // 0 to 10, mean over the scored videos
    double bleu4 = 0;    // 0 to 1, over the whole corpus
    double rouge_l = 0;  // 0 to 1, mean over the scored videos
    int64_t scored = 0;
    int64_t without_references = 0;                  // left out; a reference without words does not count
    int64_t empty_captions = 0;                      // among the scored: they score 0
    std::vector<double> cider_d_each, rouge_l_each;  // (n) by video, -1 without references
};

/// Words as in caption_words(), which strips punctuation. All zeros if nothing can be scored.
ReferenceScores score_against_references(std::span<const ReferencedCaption> captions);

}  // namespace rest::evaluation
