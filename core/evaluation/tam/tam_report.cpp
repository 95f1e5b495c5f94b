// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/tam/tam_report.h"

#include <algorithm>
#include <map>

#include "core/base/error.h"

namespace rest::evaluation {
namespace {

std::vector<ClassScore> class_scores(const ClipTam& tam, std::span<const int> labels) {
    struct Counts {
        int64_t clips = 0, first = 0, within = 0;
    };
    std::map<int, Counts> counts;
    for (size_t i = 0; i < labels.size(); ++i) {
        if (labels[i] < 0) continue;
        auto& c = counts[labels[i]];
        ++c.clips;
        c.first += tam.rank[i] == 0;
        c.within += tam.rank[i] < kTopFive;
    }
    std::vector<ClassScore> scores;
    for (const auto& [label, c] : counts)
        scores.push_back({label, c.clips, percent(c.first, c.clips), percent(c.within, c.clips)});
    return scores;
}

std::vector<Confusion> confusions(const ClipTam& tam, std::span<const int> labels) {
    std::map<std::pair<int, int>, int64_t> counts;
    for (size_t i = 0; i < labels.size(); ++i) {
        if (labels[i] >= 0 && tam.predicted[i] != labels[i]) ++counts[{labels[i], tam.predicted[i]}];
    }
    std::vector<Confusion> pairs;
    for (const auto& [pair, clips] : counts) pairs.push_back({pair.first, pair.second, clips});
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const Confusion& a, const Confusion& b) { return a.clips > b.clips; });
    return pairs;
}

}  // namespace

TamReport report_clip_tam(const ClipTam& tam, std::span<const int> labels, const BootstrapSettings& settings) {
    if (labels.size() != tam.rank.size() || labels.size() != tam.predicted.size()) {
        throw Error(ErrorCode::invalid_argument, "CLIP-TAM report: " + std::to_string(labels.size()) + " labels for " +
                                                     std::to_string(tam.rank.size()) + " captions");
    }
    TamReport report{.top1 = tam.top1, .top5 = tam.top5, .counted = tam.counted};
    report.unlabelled = std::ssize(labels) - tam.counted;
    const auto within = [&](int places) {
        return std::count_if(tam.rank.begin(), tam.rank.end(), [&](int r) { return r >= 0 && r < places; });
    };
    report.top1_95 = bootstrap_share(within(1), tam.counted, 1, settings);
    report.top5_95 = bootstrap_share(within(kTopFive), tam.counted, kTopFive, settings);
    report.classes = class_scores(tam, labels);
    report.confused = confusions(tam, labels);
    for (const auto& c : report.classes) report.mean_class_top1 += c.top1 / static_cast<double>(report.classes.size());
    return report;
}

}  // namespace rest::evaluation
