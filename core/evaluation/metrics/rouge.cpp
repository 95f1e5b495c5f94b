// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/metrics/rouge.h"

#include <algorithm>

namespace rest::evaluation {
namespace {

constexpr double kBeta = 1.2;

int64_t longest_common_subsequence(const Words& a, const Words& b) {
    std::vector<int64_t> row(b.size() + 1, 0);  // LCS lengths for the words of a so far, by prefix of b
    for (const auto& word : a) {
        int64_t diagonal = 0;
        for (size_t j = 1; j <= b.size(); ++j) {
            const int64_t above = row[j];
            row[j] = word == b[j - 1] ? diagonal + 1 : std::max(above, row[j - 1]);
            diagonal = above;
        }
    }
    return row.back();
}

double score(const ReferencedWords& video) {
    double precision = 0, recall = 0;
    for (const auto& reference : video.references) {
        if (video.caption.empty() || reference.empty()) continue;
        const auto common = static_cast<double>(longest_common_subsequence(video.caption, reference));
        precision = std::max(precision, common / static_cast<double>(video.caption.size()));
        recall = std::max(recall, common / static_cast<double>(reference.size()));
    }
    if (precision == 0 || recall == 0) return 0;
    return (1 + kBeta * kBeta) * precision * recall / (recall + kBeta * kBeta * precision);
}

}  // namespace

std::vector<double> rouge_l(std::span<const ReferencedWords> captions) {
    std::vector<double> scores;
    scores.reserve(captions.size());
    for (const auto& video : captions) scores.push_back(score(video));
    return scores;
}

}  // namespace rest::evaluation
