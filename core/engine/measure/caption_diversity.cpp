// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/measure/caption_diversity.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "core/base/strings.h"
#include "core/evaluation/metrics/caption_words.h"
#include "core/store/caption_lists.h"

namespace rest::engine {
namespace {

using store::TextId;
using store::VideoId;

constexpr size_t kMostShared = 20;

/// Counts that become a Spread.
struct Tally {
    int64_t captions = 0, retrieved = 0, words = 0, distinct = 0;

    Spread spread() const {
        Spread out{.captions = captions, .distinct = distinct};
        if (captions == 0) return out;
        out.retrieved = 100.0 * static_cast<double>(retrieved) / static_cast<double>(captions);
        out.mean_words = static_cast<double>(words) / static_cast<double>(captions);
        return out;
    }
};

struct TextUse {
    int64_t videos = 0;
    int64_t words = 0;
    VideoId last = 0;  // that counted
};

/// One reading of a step's captions.
class StepCount {
  public:
    StepCount(const store::CaptionLists& lists, const std::unordered_map<VideoId, int>& labels,
              std::unordered_map<TextId, int64_t>& words, Task& task)
        : lists_(lists), labels_(labels), words_(words), task_(task) {}

    void add(const store::CaptionMention& mention) {
        if ((all_.captions & 4095) == 0) task_.check();
        if (all_.captions == 0 || mention.video != video_) begin(mention.video);
        auto& use = uses_[mention.text];
        if (use.videos == 0) {
            ++all_.distinct;
            use.words = words_of(mention.text);
        }
        if (use.videos == 0 || use.last != mention.video) ++use.videos;
        use.last = mention.video;
        count(all_, mention, use);
        count(*class_, mention, use);
        in_class_.emplace_back(label_, mention.text);
    }

    StepDiversity finish(int step) {
        std::ranges::sort(in_class_);
        const auto repeats = std::ranges::unique(in_class_);
        in_class_.erase(repeats.begin(), repeats.end());
        for (const auto& [label, text] : in_class_) ++classes_[label].distinct;
        StepDiversity out{.step = step, .videos = videos_, .all = all_.spread(), .most_shared = most_shared()};
        for (const auto& [label, tally] : classes_) out.classes.push_back({label, tally.spread()});
        return out;
    }

  private:
    void begin(VideoId video) {
        video_ = video;
        ++videos_;
        const auto at = labels_.find(video);
        label_ = at == labels_.end() || at->second < 0 ? -1 : at->second;
        class_ = &classes_[label_];
    }

    static void count(Tally& tally, const store::CaptionMention& mention, const TextUse& use) {
        ++tally.captions;
        tally.retrieved += mention.retrieved;
        tally.words += use.words;
    }

    int64_t words_of(TextId text) {
        const auto [at, fresh] = words_.try_emplace(text, 0);
        if (fresh) at->second = std::ssize(evaluation::caption_words(lists_.text(text)));
        return at->second;
    }

    std::vector<SharedCaption> most_shared() const {
        std::vector<std::pair<int64_t, TextId>> order;
        for (const auto& [text, use] : uses_) {
            if (use.videos > 1) order.emplace_back(-use.videos, text);
        }
        std::ranges::sort(order);
        // Texts of equal counts are told apart by their bytes: those that may still be among the first are read.
        if (order.size() > kMostShared) {
            const auto last = order[kMostShared - 1].first;
            const auto end = std::ranges::find_if(order, [&](const auto& entry) { return entry.first > last; });
            order.resize(std::min<size_t>(static_cast<size_t>(end - order.begin()), 50 * kMostShared));
        }
        std::vector<SharedCaption> out;
        for (const auto& [videos, text] : order) out.push_back({lists_.text(text), -videos});
        std::ranges::stable_sort(out, [](const auto& a, const auto& b) {
            return a.videos != b.videos ? a.videos > b.videos : a.text < b.text;
        });
        if (out.size() > kMostShared) out.resize(kMostShared);
        return out;
    }

    const store::CaptionLists& lists_;
    const std::unordered_map<VideoId, int>& labels_;
    std::unordered_map<TextId, int64_t>& words_;
    Task& task_;
    Tally all_;
    int64_t videos_ = 0;
    VideoId video_ = 0;
    int label_ = -1;
    Tally* class_ = nullptr;
    std::map<int, Tally> classes_;
    std::unordered_map<TextId, TextUse> uses_;
    std::vector<std::pair<int, TextId>> in_class_;
};

std::vector<Collapse> judge(const StepDiversity& step, const StepDiversity& first, const CollapseRules& rules) {
    std::vector<Collapse> out;
    if (step.videos < rules.fewest_videos_with) return out;
    if (!step.most_shared.empty()) {
        const auto& most = step.most_shared.front();
        const double share = static_cast<double>(most.videos) / static_cast<double>(step.videos);
        if (share > rules.shared_by) out.push_back({Collapse::Rule::shared, share, rules.shared_by, most.text});
    }
    const double least = first.all.distinct_share() * rules.fall;
    if (step.all.distinct_share() < least)
        out.push_back({Collapse::Rule::narrowed, step.all.distinct_share(), least, {}});
    if (step.all.mean_words < rules.words)
        out.push_back({Collapse::Rule::short_captions, step.all.mean_words, rules.words, {}});
    return out;
}

}  // namespace

std::vector<StepDiversity> caption_diversity(const store::Project& project, store::RunId run, Task& task,
                                             const CollapseRules& rules) {
    std::vector<StepDiversity> out;
    const store::CaptionLists lists(project);
    const auto steps = lists.steps(run);
    if (steps.empty()) return out;
    const auto labels = lists.labels();
    std::unordered_map<TextId, int64_t> words;
    for (const int step : steps) {
        StepCount count(lists, labels, words, task);
        lists.visit(run, step, [&](const store::CaptionMention& mention) { count.add(mention); });
        out.push_back(count.finish(step));
        out.back().collapsed = judge(out.back(), out.front(), rules);
    }
    return out;
}

std::vector<VideoId> videos_with_caption(const store::Project& project, store::RunId run, int step,
                                         const std::string& caption, Task& task) {
    const store::CaptionLists lists(project);
    const std::string key = caption_key(caption);
    std::unordered_map<TextId, bool> wanted;
    std::vector<VideoId> out;
    int64_t seen = 0;
    lists.visit(run, step, [&](const store::CaptionMention& mention) {
        if ((seen++ & 4095) == 0) task.check();
        const auto [at, fresh] = wanted.try_emplace(mention.text, false);
        if (fresh) at->second = caption_key(lists.text(mention.text)) == key;
        if (at->second && (out.empty() || out.back() != mention.video)) out.push_back(mention.video);
    });
    return out;
}

}  // namespace rest::engine
