// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace rest::evaluation {

/// How diverse a set of captions is. Self-training alone makes captions that are "lacking diversity" (Sec. 1), which
/// shows here.
struct CaptionQuality {
    int64_t captions = 0;
    int64_t distinct = 0;     // after trimming, collapsing whitespace and lower-casing
    int64_t vocabulary = 0;   // distinct words
    double mean_words = 0;    // per caption
    std::string most_common;  // ties by byte order; empty without captions
    int64_t most_common_count = 0;
    int64_t empty = 0;  // captions without words; they count as captions
};

CaptionQuality caption_quality(std::span<const std::string> captions);

}  // namespace rest::evaluation
