// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/dataset/dataset.h"
#include "core/evaluation/protocols/protocol.h"

namespace rest::evaluation {

/// A clip that the user has.
struct ProtocolClip {
    std::string name;  // as in the project
    dataset::Split split = dataset::Split::train;
    std::string label;  // class name in any spelling; empty: unknown
};

struct PlanSettings {
    std::filesystem::path lists;       // the user's official lists; empty: those shipped
    std::filesystem::path shipped;     // empty: resources/lists
    std::vector<std::string> classes;  // the project's, for project-val; empty: the clips' labels, sorted
    uint64_t seed = 1;                 // of the few-shot draw
};

struct PlannedClip {
    std::string name;  // the user's
    int label = 0;     // into ProtocolPart::classes
};

/// What is trained on and measured together: one split.
struct ProtocolPart {
    std::string name;                                      // "split 1", or "val"
    std::vector<std::string> classes;                      // readable; captions are ranked among these
    std::vector<PlannedClip> train;                        // empty unless the protocol trains
    std::vector<PlannedClip> test;                         // never empty
    int64_t listed_test = 0;                               // clips in the lists, present or not
    std::vector<std::string> missing_test, missing_train;  // as the lists name them
};

/// "on 3,512 of 3,783 clips".
std::string coverage(const ProtocolPart& part);

struct ProtocolPlan {
    Protocol protocol;
    std::string lists;                // source of classes and splits
    std::vector<ProtocolPart> parts;  // those that can be measured, at least one
    std::vector<Problem> problems;    // each kind once, with its count and an example
};

/// Finds a protocol's clips among the user's. For official splits the lists' labels are used, not the user's. Few-shot
/// training draws M clips per class from those present. Reads lists, no videos.
///
/// Missing and duplicate clips, labels that match no class or contradict the lists, duplicate classes, splits without
/// clips and class lists of another set are problems. Throws Error (not_found) only if nothing can be measured, and
/// what the list readers throw.
ProtocolPlan plan_protocol(const Protocol& protocol, std::span<const ProtocolClip> clips,
                           const PlanSettings& settings = {});

}  // namespace rest::evaluation
