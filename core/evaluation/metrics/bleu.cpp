// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/metrics/bleu.h"

#include <algorithm>
#include <cmath>

namespace rest::evaluation {
namespace {

// The COCO evaluation's guards against 0 / 0; they keep a corpus without any 4-gram from being undefined.
constexpr double kTiny = 1e-15;
constexpr double kSmall = 1e-9;

int64_t closest_length(int64_t length, const std::vector<Words>& references) {
    std::pair<int64_t, int64_t> best{INT64_MAX, 0};  // distance, length
    for (const auto& reference : references) {
        const int64_t other = std::ssize(reference);
        best = std::min(best, {std::abs(other - length), other});
    }
    return best.second;
}

/// For every n-gram its maximum count in a single reference.
Ngrams most_in_a_reference(const std::vector<Words>& references) {
    Ngrams most;
    for (const auto& reference : references) {
        const Ngrams counts = count_ngrams(reference);
        for (int n = 0; n < kLongestNgram; ++n) {
            for (const auto& [run, count] : counts[n]) most[n][run] = std::max(most[n][run], count);
        }
    }
    return most;
}

}  // namespace

double bleu4(std::span<const ReferencedWords> captions) {
    std::array<double, kLongestNgram> right{}, guessed{};
    double length = 0, wanted_length = 0;
    for (const auto& video : captions) {
        const Ngrams counts = count_ngrams(video.caption);
        const Ngrams allowed = most_in_a_reference(video.references);
        for (int n = 0; n < kLongestNgram; ++n) {
            guessed[n] += static_cast<double>(std::max<int64_t>(0, std::ssize(video.caption) - n));
            for (const auto& [run, count] : counts[n]) {
                const auto at = allowed[n].find(run);
                if (at != allowed[n].end()) right[n] += static_cast<double>(std::min(count, at->second));
            }
        }
        length += static_cast<double>(video.caption.size());
        wanted_length += static_cast<double>(closest_length(std::ssize(video.caption), video.references));
    }
    double product = 1;
    for (int n = 0; n < kLongestNgram; ++n) product *= (right[n] + kTiny) / (guessed[n] + kSmall);
    const double ratio = (length + kTiny) / (wanted_length + kSmall);
    return std::pow(product, 1.0 / kLongestNgram) * (ratio < 1 ? std::exp(1 - 1 / ratio) : 1);
}

}  // namespace rest::evaluation
