// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace rest::study {

/// How a tie between yes and no is counted. The paper only says "thresholding it to 0.5".
enum class TieRule {
    no,         // a caption is correct if more than half say yes
    yes,        // ... if at least half do
    leave_out,  // the clip is not counted
};
const char* to_string(TieRule rule);  // "no", "yes", "leave_out"
/// Throws Error (invalid_argument) listing the rules.
TieRule tie_rule_from_string(std::string_view name);

/// People's verdict on a clip: the mean of yes (1) and no (0) against 0.5. Empty without answers or if a tie is left
/// out.
std::optional<bool> verdict(int yes, int no, TieRule rule);

struct VoteCount {
    int yes = 0, no = 0;
};

struct StabilityPoint {
    int annotators = 0;  // m
    double percent = 0;  // of clips for which m randomly drawn people give the same verdict as all
    int64_t clips = 0;   // with m answers or more and a verdict
};

/// How the verdict stabilises with the number of annotators (Levinboim et al. 2019), m = 1 .. most answers of a clip.
/// The mean over all draws of m answers of a clip, computed exactly rather than by sampling. A draw that ties under
/// leave_out counts as disagreement.
std::vector<StabilityPoint> stability_curve(std::span<const VoteCount> clips, TieRule rule);

}  // namespace rest::study
