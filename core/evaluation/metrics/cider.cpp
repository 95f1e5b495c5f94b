// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/metrics/cider.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

namespace rest::evaluation {
namespace {

constexpr double kSigma = 6;
constexpr double kScale = 10;

/// log of the number of videos divided by the number of those whose references contain the n-gram.
class InverseFrequency {
  public:
    explicit InverseFrequency(std::span<const ReferencedWords> captions)
        : log_videos_(std::log(static_cast<double>(captions.size()))) {
        for (const auto& video : captions) {
            std::set<std::string> runs;
            for (const auto& reference : video.references) {
                for (const auto& order : count_ngrams(reference)) {
                    for (const auto& [run, count] : order) runs.insert(run);
                }
            }
            for (const auto& run : runs) ++videos_with_[run];
        }
    }

    double operator()(const std::string& run) const {
        const auto at = videos_with_.find(run);
        return at == videos_with_.end() ? log_videos_ : log_videos_ - std::log(static_cast<double>(at->second));
    }

  private:
    std::unordered_map<std::string, int64_t> videos_with_;
    double log_videos_;
};

struct Weighted {
    std::array<std::map<std::string, double>, kLongestNgram> weights;
    std::array<double, kLongestNgram> norms{};
    double length = 0;  // in bigrams, as in the COCO evaluation
};

Weighted weigh(const Words& words, const InverseFrequency& inverse_frequency) {
    Weighted out;
    const Ngrams counts = count_ngrams(words);
    for (int n = 0; n < kLongestNgram; ++n) {
        double squares = 0;
        for (const auto& [run, count] : counts[n]) {
            const double weight = static_cast<double>(count) * inverse_frequency(run);
            out.weights[n][run] = weight;
            squares += weight * weight;
            if (n == 1) out.length += static_cast<double>(count);
        }
        out.norms[n] = std::sqrt(squares);
    }
    return out;
}

double similarity(const Weighted& caption, const Weighted& reference) {
    double sum = 0;
    for (int n = 0; n < kLongestNgram; ++n) {
        double clipped = 0;
        for (const auto& [run, weight] : caption.weights[n]) {
            const auto at = reference.weights[n].find(run);
            if (at != reference.weights[n].end()) clipped += std::min(weight, at->second) * at->second;
        }
        const double norms = caption.norms[n] * reference.norms[n];
        if (norms > 0) sum += clipped / norms;
    }
    const double delta = caption.length - reference.length;
    return sum / kLongestNgram * std::exp(-delta * delta / (2 * kSigma * kSigma));
}

}  // namespace

std::vector<double> cider_d(std::span<const ReferencedWords> captions) {
    const InverseFrequency inverse_frequency(captions);
    std::vector<double> scores;
    scores.reserve(captions.size());
    for (const auto& video : captions) {
        const auto caption = weigh(video.caption, inverse_frequency);
        double sum = 0;
        for (const auto& reference : video.references) sum += similarity(caption, weigh(reference, inverse_frequency));
        const auto references = static_cast<double>(video.references.size());
        scores.push_back(references > 0 ? kScale * sum / references : 0);
    }
    return scores;
}

}  // namespace rest::evaluation
