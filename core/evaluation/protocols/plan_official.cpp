// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/protocols/plan_official.h"

#include <fmt/format.h>

#include <unordered_set>

#include "core/dataset/clip_names.h"
#include "core/evaluation/protocols/few_shot.h"
#include "core/evaluation/protocols/plan_tally.h"
#include "core/evaluation/tam/class_names.h"

namespace rest::evaluation {
namespace {

std::vector<std::string> names_of(std::span<const ProtocolClip> clips) {
    std::vector<std::string> names;
    names.reserve(clips.size());
    for (const auto& clip : clips) names.push_back(clip.name);
    return names;
}

class OfficialPlanner {
  public:
    OfficialPlanner(const OfficialSet& set, std::span<const ProtocolClip> clips, uint64_t seed, ProtocolPlan& plan)
        : set_(set), clips_(clips), seed_(seed), plan_(plan), clip_names_(names_of(clips)), all_classes_(set.classes) {}

    void run() {
        for (const auto& split : set_.splits) add(split);
        auto& problems = plan_.problems;
        if (clip_names_.doubles() > 0) {
            problems.push_back({ErrorCode::invalid_argument, "clips",
                                fmt::format("Clips that are there twice: {}", clip_names_.doubles()),
                                "Of each the first that lies in the right folder counts."});
        }
        listed_twice_.tell(problems, ErrorCode::damaged, set_.source, "Clips listed twice", "They count once.");
        in_both_.tell(problems, ErrorCode::damaged, set_.source, "Clips listed for training and for the test",
                      "They are left out of the training.");
        contradicted_.tell(problems, ErrorCode::invalid_argument, "clips", "Labels that differ from the lists'",
                           "The lists' labels count.");
    }

  private:
    void add(const OfficialSplit& split) {
        ProtocolPart part{.name = fmt::format("split {}", split.number)};
        const ClassNames ranked(ranked_classes(split));
        part.classes = ranked.names();
        for (const auto& name : ranked.doubles()) {
            plan_.problems.push_back({ErrorCode::damaged, set_.source,
                                      name + " is twice among the classes of " + part.name, "It is ranked once."});
        }
        label_.clear();
        for (const auto& name : set_.classes) label_.push_back(ranked.find(name));
        used_.clear();
        part.listed_test = std::ssize(split.test);
        for (const auto& clip : split.test) take(clip, part.test, part.missing_test);
        if (part.test.empty()) return none(part, "test", split.test.size());
        if (plan_.protocol.trains) {
            for (const auto& clip : part.test) tested_.insert(clip.name);
            add_training(split, part);
            tested_.clear();
            if (part.train.empty()) return none(part, "training", split.train.size());
        }
        tell_missing(part);
        plan_.parts.push_back(std::move(part));
    }

    std::vector<std::string> ranked_classes(const OfficialSplit& split) const {
        if (plan_.protocol.among_all || split.ranked.empty()) return set_.classes;
        std::vector<std::string> names;
        for (const int label : split.ranked) names.push_back(set_.classes.at(static_cast<size_t>(label)));
        return names;
    }

    /// True if the clip is present and not taken yet.
    bool take(const ListedClip& listed, std::vector<PlannedClip>& into, std::vector<std::string>& missing) {
        const auto found = clip_names_.find(listed.name, true);
        if (!found) return missing.push_back(listed.name), false;
        const auto& clip = clips_[*found];
        if (tested_.contains(clip.name)) return in_both_.add(clip.name), false;
        if (!used_.insert(*found).second) return listed_twice_.add(listed.name), false;
        if (!clip.label.empty() && all_classes_.find(clip.label) != all_classes_.find(set_.classes[listed.label])) {
            contradicted_.add(fmt::format("\"{}\" of {}", clip.label, clip.name));
        }
        into.push_back({clip.name, label_[static_cast<size_t>(listed.label)]});
        return true;
    }

    void add_training(const OfficialSplit& split, ProtocolPart& part) {
        const int shots = plan_.protocol.shots;
        if (shots == 0) {
            for (const auto& clip : split.train) take(clip, part.train, part.missing_train);
            return;
        }
        Tally fewer;
        const auto order = draw_order(split, static_cast<int>(set_.classes.size()), seed_);
        for (size_t label = 0; label < order.size(); ++label) {
            int taken = 0;
            for (const auto& clip : order[label]) {
                if (taken == shots) break;
                taken += take(clip, part.train, part.missing_train);
            }
            if (taken < shots) fewer.add(fmt::format("{} with {}", set_.classes[label], taken));
        }
        fewer.tell(plan_.problems, ErrorCode::not_found, "clips",
                   fmt::format("Classes of {} with fewer than {} training clips", part.name, shots),
                   "They are trained on those that are here.");
    }

    void none(const ProtocolPart& part, const std::string& what, size_t listed) {
        plan_.problems.push_back({ErrorCode::not_found, set_.source,
                                  fmt::format("Of the {} {} clips of {} none is here", listed, what, part.name),
                                  "The split is left out of the figures."});
    }

    void tell_missing(const ProtocolPart& part) {
        const auto tell = [&](const std::vector<std::string>& missing, const std::string& what) {
            if (missing.empty()) return;
            plan_.problems.push_back({ErrorCode::not_found, set_.source,
                                      fmt::format("{} clips of {} that are missing: {}, such as {}", what, part.name,
                                                  missing.size(), missing.front()),
                                      "Fetch them, or compare with care."});
        };
        tell(part.missing_test, "Test");
        tell(part.missing_train, "Training");
    }

    const OfficialSet& set_;
    std::span<const ProtocolClip> clips_;
    uint64_t seed_;
    ProtocolPlan& plan_;
    dataset::ClipNames clip_names_;
    ClassNames all_classes_;
    std::vector<int> label_;           // of each class of the set, its index among the ranked ones
    std::unordered_set<size_t> used_;  // clips of the current part
    std::unordered_set<std::string> tested_;
    Tally listed_twice_, in_both_, contradicted_;
};

}  // namespace

void plan_official_splits(const OfficialSet& set, std::span<const ProtocolClip> clips, uint64_t seed,
                          ProtocolPlan& plan) {
    OfficialPlanner(set, clips, seed, plan).run();
}

}  // namespace rest::evaluation
