// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/verdict.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "core/base/error.h"

namespace rest::study {
namespace {

double log_choose(int n, int k) {
    return std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0);
}

/// Probability that m of the answers, drawn without replacement, give the same verdict as all of them.
double settled(const VoteCount& votes, int m, bool of_all, TieRule rule) {
    double probability = 0;
    const int n = votes.yes + votes.no;
    for (int yes = std::max(0, m - votes.no); yes <= std::min(m, votes.yes); ++yes) {
        if (verdict(yes, m - yes, rule) != of_all) continue;
        probability += std::exp(log_choose(votes.yes, yes) + log_choose(votes.no, m - yes) - log_choose(n, m));
    }
    return std::min(1.0, probability);
}

}  // namespace

const char* to_string(TieRule rule) {
    switch (rule) {
        case TieRule::no:
            return "no";
        case TieRule::yes:
            return "yes";
        case TieRule::leave_out:
            return "leave_out";
    }
    return "unknown";
}

TieRule tie_rule_from_string(std::string_view name) {
    for (const auto rule : {TieRule::no, TieRule::yes, TieRule::leave_out}) {
        if (name == to_string(rule)) return rule;
    }
    throw Error(ErrorCode::invalid_argument, "There is no tie rule \"" + std::string(name) + "\"",
                "Use no, yes or leave_out.");
}

std::optional<bool> verdict(int yes, int no, TieRule rule) {
    if (yes + no == 0) return std::nullopt;
    if (yes != no) return yes > no;
    if (rule == TieRule::leave_out) return std::nullopt;
    return rule == TieRule::yes;
}

std::vector<StabilityPoint> stability_curve(std::span<const VoteCount> clips, TieRule rule) {
    std::map<std::pair<int, int>, int64_t> alike;  // clips by (yes, no): a study has few distinct pairs
    int most = 0;
    for (const auto& c : clips) {
        ++alike[{c.yes, c.no}];
        most = std::max(most, c.yes + c.no);
    }
    std::vector<StabilityPoint> curve;
    for (int m = 1; m <= most; ++m) {
        StabilityPoint point{.annotators = m};
        double agreeing = 0;
        for (const auto& [votes, count] : alike) {
            const auto of_all = verdict(votes.first, votes.second, rule);
            if (votes.first + votes.second < m || !of_all) continue;
            point.clips += count;
            agreeing += static_cast<double>(count) * settled({votes.first, votes.second}, m, *of_all, rule);
        }
        if (point.clips == 0) continue;
        point.percent = 100 * agreeing / static_cast<double>(point.clips);
        curve.push_back(point);
    }
    return curve;
}

}  // namespace rest::study
