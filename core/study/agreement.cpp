// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/agreement.h"

#include <cstdint>
#include <numeric>

namespace rest::study {
namespace {

constexpr const char* kNoPairs = "No clip has two answers yet, so there is nothing to compare.";
constexpr const char* kUnanimous =
    "All answers are the same: chance alone would agree as well, so this coefficient divides by zero. Raw agreement "
    "and "
    "Gwet's AC1 still tell.";

struct Sums {
    double clips = 0;             // with an answer
    double paired_clips = 0;      // with two or more
    double agreement = 0;         // summed over those
    std::vector<double> share;    // (categories) mean share over clips with an answer
    double paired_answers = 0;    // in clips with two or more
    double coinciding = 0;        // answers weighted by the share of the clip's others that agree with them
    std::vector<double> answers;  // (categories) in clips with two or more
};

Sums sums(const AgreementInput& input) {
    Sums s;
    const size_t categories = input.clips.empty() ? 0 : input.clips.front().size();
    s.share.resize(categories);
    s.answers.resize(categories);
    const auto add = [&](const AnswerCounts& counts) {
        const double n = std::accumulate(counts.begin(), counts.end(), 0);
        if (n < 1) return;
        ++s.clips;
        for (size_t c = 0; c < categories; ++c) s.share[c] += counts[c] / n;
        if (n < 2) return;
        double pairs = 0;  // ordered pairs that agree
        for (size_t c = 0; c < categories; ++c) {
            pairs += static_cast<double>(counts[c]) * (counts[c] - 1);
            s.answers[c] += counts[c];
        }
        ++s.paired_clips;
        s.agreement += pairs / (n * (n - 1));
        s.paired_answers += n;
        s.coinciding += pairs / (n - 1);
    };
    if (input.which.empty()) {
        for (const auto& counts : input.clips) add(counts);
    } else {
        for (const uint32_t i : input.which) add(input.clips[i]);
    }
    for (auto& share : s.share) share /= s.clips > 0 ? s.clips : 1;
    return s;
}

Statistic beyond_chance(double observed, double chance) {
    // Shares are sums of fractions: a result of 1 may be off by rounding.
    constexpr double kRounding = 1e-12;
    if (1 - chance < kRounding) return {std::nullopt, kUnanimous};
    return {(observed - chance) / (1 - chance), ""};
}

}  // namespace

Statistic raw_agreement(const AgreementInput& input) {
    const Sums s = sums(input);
    if (s.paired_clips == 0) return {std::nullopt, kNoPairs};
    return {s.agreement / s.paired_clips, ""};
}

Statistic fleiss_kappa(const AgreementInput& input) {
    const Sums s = sums(input);
    if (s.paired_clips == 0) return {std::nullopt, kNoPairs};
    double chance = 0;
    for (const double share : s.share) chance += share * share;
    return beyond_chance(s.agreement / s.paired_clips, chance);
}

Statistic krippendorff_alpha(const AgreementInput& input) {
    const Sums s = sums(input);
    if (s.paired_clips == 0) return {std::nullopt, kNoPairs};
    const double n = s.paired_answers;
    double chance = 0;  // of two answers drawn without replacement
    for (const double count : s.answers) chance += count * (count - 1) / (n * (n - 1));
    return beyond_chance(s.coinciding / n, chance);
}

Statistic gwet_ac1(const AgreementInput& input) {
    const Sums s = sums(input);
    if (s.paired_clips == 0) return {std::nullopt, kNoPairs};
    if (s.share.size() < 2) return {std::nullopt, "There is one category only, so nobody could disagree."};
    double chance = 0;
    for (const double share : s.share) chance += share * (1 - share) / static_cast<double>(s.share.size() - 1);
    return beyond_chance(s.agreement / s.paired_clips, chance);
}

}  // namespace rest::study
