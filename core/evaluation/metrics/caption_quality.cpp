// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/metrics/caption_quality.h"

#include <map>
#include <set>

#include "core/base/strings.h"

namespace rest::evaluation {

CaptionQuality caption_quality(std::span<const std::string> captions) {
    CaptionQuality quality{.captions = std::ssize(captions)};
    std::map<std::string, int64_t> counts;
    std::set<std::string> words;
    int64_t word_count = 0;
    for (const auto& caption : captions) {
        const auto key = caption_key(caption);
        ++counts[key];
        if (key.empty()) {
            ++quality.empty;
            continue;
        }
        for (auto& word : split(key, ' ')) {
            ++word_count;
            words.insert(std::move(word));
        }
    }
    for (const auto& [caption, count] : counts) {
        if (count > quality.most_common_count) quality.most_common = caption, quality.most_common_count = count;
    }
    quality.distinct = std::ssize(counts);
    quality.vocabulary = std::ssize(words);
    if (quality.captions > 0)
        quality.mean_words = static_cast<double>(word_count) / static_cast<double>(quality.captions);
    return quality;
}

}  // namespace rest::evaluation
