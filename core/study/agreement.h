// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rest::study {

/// A figure that may have no value; then `undefined` says why, in a sentence for the reader. Never NaN.
struct Statistic {
    std::optional<double> value;
    std::string undefined;
};

/// How many answers of each category a clip got; as long for every clip. Missing answers are simply not counted.
using AnswerCounts = std::vector<int>;

/// Agreement among people, by clips with two answers or more; 1 is perfect, 0 is what chance gives.
/// Clips are drawn with repeats in a bootstrap: `which` (numbers into `clips`) says which ones count; empty: each once.
struct AgreementInput {
    std::span<const AnswerCounts> clips;
    std::span<const uint32_t> which;
};

/// Share of agreeing pairs among the pairs of answers to a clip, averaged over clips (0 to 1).
Statistic raw_agreement(const AgreementInput& input);
/// Fleiss (1971). With unequal numbers of answers as Gwet has it (Handbook of Inter-Rater Reliability, 4th ed.): the
/// share of a category is the mean over clips with an answer of its share there.
Statistic fleiss_kappa(const AgreementInput& input);
/// Krippendorff (2011), nominal data, any number of answers missing. Undefined when all answers are the same.
Statistic krippendorff_alpha(const AgreementInput& input);
/// Gwet (2008). Holds where one answer dominates; with two categories it is defined for unanimous answers too.
Statistic gwet_ac1(const AgreementInput& input);

}  // namespace rest::study
