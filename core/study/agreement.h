// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rest::study {

/// A figure that may be undefined; then `undefined` gives the reason, in a sentence for the reader. Never NaN.
struct Statistic {
    std::optional<double> value;
    std::string undefined;
};

/// The number of answers per category for a clip; the same length for every clip. Missing answers are not counted.
using AnswerCounts = std::vector<int>;

/// Inter-rater agreement, over clips with two or more answers; 1 is perfect, 0 is chance level. In a bootstrap, clips
/// are drawn with replacement: `which` (indices into `clips`) lists the sample; empty: each clip once.
struct AgreementInput {
    std::span<const AnswerCounts> clips;
    std::span<const uint32_t> which;
};

/// Share of agreeing pairs among the pairs of answers to a clip, averaged over clips (0 to 1).
Statistic raw_agreement(const AgreementInput& input);
/// Fleiss (1971). With unequal numbers of answers as in Gwet (Handbook of Inter-Rater Reliability, 4th ed.): the share
/// of a category is the mean of its shares over clips with an answer.
Statistic fleiss_kappa(const AgreementInput& input);
/// Krippendorff (2011), nominal data, any number of answers missing. Undefined if all answers are the same.
Statistic krippendorff_alpha(const AgreementInput& input);
/// Gwet (2008). Stable if one answer dominates; with two categories also defined for unanimous answers.
Statistic gwet_ac1(const AgreementInput& input);

}  // namespace rest::study
