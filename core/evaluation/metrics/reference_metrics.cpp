// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/metrics/reference_metrics.h"

#include "core/evaluation/metrics/bleu.h"
#include "core/evaluation/metrics/cider.h"
#include "core/evaluation/metrics/rouge.h"

namespace rest::evaluation {
namespace {

constexpr double kNotScored = -1;

std::vector<double> spread(std::span<const double> scores, std::span<const size_t> scored, size_t videos) {
    std::vector<double> each(videos, kNotScored);
    for (size_t i = 0; i < scored.size(); ++i) each[scored[i]] = scores[i];
    return each;
}

double mean(std::span<const double> values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

}  // namespace

ReferenceScores score_against_references(std::span<const ReferencedCaption> captions) {
    ReferenceScores scores;
    std::vector<ReferencedWords> words;
    std::vector<size_t> scored;
    for (size_t i = 0; i < captions.size(); ++i) {
        ReferencedWords video{caption_words(captions[i].caption), {}};
        for (const auto& reference : captions[i].references) {
            auto read = caption_words(reference);
            if (!read.empty()) video.references.push_back(std::move(read));
        }
        if (video.references.empty()) {
            ++scores.without_references;
            continue;
        }
        scores.empty_captions += video.caption.empty();
        words.push_back(std::move(video));
        scored.push_back(i);
    }
    scores.scored = std::ssize(words);
    const auto cider = cider_d(words), rouge = rouge_l(words);
    scores.cider_d = mean(cider);
    scores.rouge_l = mean(rouge);
    scores.bleu4 = words.empty() ? 0 : bleu4(words);
    scores.cider_d_each = spread(cider, scored, captions.size());
    scores.rouge_l_each = spread(rouge, scored, captions.size());
    return scores;
}

}  // namespace rest::evaluation
