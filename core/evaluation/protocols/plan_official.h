// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "core/evaluation/protocols/official_lists.h"
#include "core/evaluation/protocols/protocol_plan.h"

namespace rest::evaluation {

/// Adds the parts of a set's official splits to the plan, as far as the user has their clips.
void plan_official_splits(const OfficialSet& set, std::span<const ProtocolClip> clips, uint64_t seed,
                          ProtocolPlan& plan);

/// Adds one part based on the clips' own splits and labels, ranked among `classes`: measured on val, or with `or_test`
/// on test if val has no labelled clip. With `names_are_unique` a duplicate clip counts once.
struct OwnSplits {
    std::vector<std::string> classes;
    bool or_test = false;
    bool names_are_unique = false;
};
void plan_own_splits(const OwnSplits& own, std::span<const ProtocolClip> clips, ProtocolPlan& plan);

}  // namespace rest::evaluation
