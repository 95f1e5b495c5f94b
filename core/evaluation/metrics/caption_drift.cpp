// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/metrics/caption_drift.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/base/strings.h"
#include "core/evaluation/metrics/caption_words.h"

namespace rest::evaluation {
namespace {

using List = std::vector<ListedCaption>;

std::string best_key(const List& list) {
    return list.empty() ? std::string() : caption_key(list.front().text);
}

std::set<std::string> words_of(const List& list) {
    std::set<std::string> words;
    for (const auto& caption : list) {
        for (auto& word : caption_words(caption.text)) words.insert(std::move(word));
    }
    return words;
}

double jaccard(const std::set<std::string>& a, const std::set<std::string>& b) {
    const auto common = std::count_if(a.begin(), a.end(), [&](const auto& word) { return b.contains(word); });
    const auto all = std::ssize(a) + std::ssize(b) - common;
    return all == 0 ? 1 : static_cast<double>(common) / static_cast<double>(all);
}

/// Words inserted, deleted or replaced, as a share of the longer caption's words.
double edit_share(const Words& a, const Words& b) {
    std::vector<size_t> row(b.size() + 1);
    for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (size_t i = 1; i <= a.size(); ++i) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.size(); ++j) {
            const size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    const size_t longer = std::max(a.size(), b.size());
    return longer == 0 ? 0 : static_cast<double>(row.back()) / static_cast<double>(longer);
}

ListChange change(const StepLists& before, const StepLists& after) {
    ListChange out;
    for (size_t i = 0; i < after.videos.size(); ++i) {
        const auto &a = before.videos[i], &b = after.videos[i];
        if (a.empty() && b.empty()) continue;
        ++out.videos;
        out.changed_best += best_key(a) != best_key(b);
        out.word_jaccard += jaccard(words_of(a), words_of(b));
        out.edit_distance += edit_share(caption_words(best_key(a)), caption_words(best_key(b)));
    }
    if (out.videos == 0) return out;
    const auto videos = static_cast<double>(out.videos);
    out.changed_best *= 100 / videos;
    out.word_jaccard /= videos;
    out.edit_distance /= videos;
    return out;
}

StepDrift spread(const StepLists& lists) {
    StepDrift out{.step = lists.step};
    std::map<std::string, int64_t> videos_with;
    int64_t retrieved = 0;
    for (const auto& list : lists.videos) {
        std::set<std::string> copied;
        for (const auto& caption : list) {
            ++out.captions;
            if (!caption.retrieved) continue;
            ++retrieved;
            copied.insert(caption_key(caption.text));
        }
        for (const auto& text : copied) ++videos_with[text];
    }
    for (const auto& [text, videos] : videos_with) {
        if (videos > out.copied_by) out.most_copied = text, out.copied_by = videos;
    }
    if (out.captions > 0) out.retrieved = 100.0 * static_cast<double>(retrieved) / static_cast<double>(out.captions);
    return out;
}

}  // namespace

std::vector<StepDrift> caption_drift(std::span<const StepLists> steps) {
    std::vector<StepDrift> out;
    for (size_t i = 0; i < steps.size(); ++i) {
        out.push_back(spread(steps[i]));
        if (i == 0) continue;
        if (steps[i].videos.size() != steps[i - 1].videos.size()) {
            throw Error(ErrorCode::invalid_argument, "Caption drift: " + std::to_string(steps[i - 1].videos.size()) +
                                                         " videos at step " + std::to_string(steps[i - 1].step) +
                                                         " and " + std::to_string(steps[i].videos.size()) +
                                                         " at step " + std::to_string(steps[i].step));
        }
        out.back().change = change(steps[i - 1], steps[i]);
    }
    return out;
}

}  // namespace rest::evaluation
