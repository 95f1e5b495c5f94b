// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/protocols/few_shot.h"

#include <algorithm>

#include "core/base/random.h"

namespace rest::evaluation {

std::vector<std::vector<ListedClip>> draw_order(const OfficialSplit& split, int classes, uint64_t seed) {
    std::vector<std::vector<ListedClip>> order(static_cast<size_t>(classes));
    for (const auto& clip : split.train) order.at(static_cast<size_t>(clip.label)).push_back(clip);
    for (size_t label = 0; label < order.size(); ++label) {
        auto& clips = order[label];
        std::sort(clips.begin(), clips.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
        Random random(seed, static_cast<uint64_t>(split.number), label);
        random.shuffle(std::span(clips));
    }
    return order;
}

}  // namespace rest::evaluation
