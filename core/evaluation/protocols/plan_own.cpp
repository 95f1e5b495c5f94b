// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <unordered_set>

#include "core/dataset/clip_names.h"
#include "core/evaluation/protocols/plan_official.h"
#include "core/evaluation/protocols/plan_tally.h"
#include "core/evaluation/tam/class_names.h"

namespace rest::evaluation {

void plan_own_splits(const OwnSplits& own, std::span<const ProtocolClip> clips, ProtocolPlan& plan) {
    const ClassNames classes(own.classes);
    const auto has_labelled = [&](dataset::Split split) {
        return std::any_of(clips.begin(), clips.end(),
                           [&](const auto& clip) { return clip.split == split && classes.find(clip.label) >= 0; });
    };
    const dataset::Split measured =
        own.or_test && !has_labelled(dataset::Split::val) ? dataset::Split::test : dataset::Split::val;
    ProtocolPart part{.name = dataset::to_string(measured), .classes = classes.names()};
    Tally doubled, unlabelled, unmatched;
    std::unordered_set<std::string> seen;
    // Measured clips first, so that a clip in both splits is not trained on.
    for (const dataset::Split split : {measured, dataset::Split::train}) {
        if (split == dataset::Split::train && !plan.protocol.trains) continue;
        for (const auto& clip : clips) {
            if (clip.split != split) continue;
            if (clip.label.empty()) {
                unlabelled.add(clip.name);
            } else if (const int label = classes.find(clip.label); label < 0) {
                unmatched.add("\"" + clip.label + "\" of " + clip.name);
            } else if (own.names_are_unique && !seen.insert(dataset::comparable_clip_name(clip.name)).second) {
                doubled.add(clip.name);
            } else {
                (split == measured ? part.test : part.train).push_back({clip.name, label});
            }
        }
    }
    auto& problems = plan.problems;
    for (const auto& name : classes.doubles()) {
        problems.push_back(
            {ErrorCode::invalid_argument, plan.lists, name + " is twice among the classes", "It is ranked once."});
    }
    unlabelled.tell(problems, ErrorCode::not_found, "clips", "Clips without a label", "They are left out.");
    unmatched.tell(problems, ErrorCode::invalid_argument, "clips", "Clips whose label is no class of this set",
                   "They are left out; check that the labels are this set's.");
    doubled.tell(problems, ErrorCode::invalid_argument, "clips", "Clips that are there twice", "They count once.");
    part.listed_test = std::ssize(part.test);
    if (part.test.empty()) return;
    if (plan.protocol.trains && part.train.empty()) {
        problems.push_back({ErrorCode::not_found, "clips", "There is no labelled training clip",
                            "Import the train clips with their class folders or lists."});
        return;
    }
    plan.parts.push_back(std::move(part));
}

}  // namespace rest::evaluation
