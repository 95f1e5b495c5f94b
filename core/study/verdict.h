// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace rest::study {

/// What half yes, half no counts as. The paper only says "thresholding it to 0.5".
enum class TieRule {
    no,         // a caption is right when more than half say yes
    yes,        // ... when at least half do
    leave_out,  // the clip is not counted
};
const char* to_string(TieRule rule);  // "no", "yes", "leave_out"
/// Throws Error (invalid_argument) naming the rules there are.
TieRule tie_rule_from_string(std::string_view name);

/// People's verdict on a clip: the mean of yes (1) and no (0) against 0.5. Nothing without answers or for a tie left
/// out.
std::optional<bool> verdict(int yes, int no, TieRule rule);

struct VoteCount {
    int yes = 0, no = 0;
};

struct StabilityPoint {
    int annotators = 0;  // m
    double percent = 0;  // of clips on which m people drawn at random give the verdict of all
    int64_t clips = 0;   // with m answers or more and a verdict
};

/// How the verdict settles with the number of annotators (Levinboim et al. 2019), m = 1 .. most answers of a clip. The
/// mean over all draws of m answers of a clip, worked out exactly and not by sampling. A draw that ties under leave_out
/// counts as no agreement.
std::vector<StabilityPoint> stability_curve(std::span<const VoteCount> clips, TieRule rule);

}  // namespace rest::study
