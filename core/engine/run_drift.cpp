// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run_drift.h"

namespace rest {

std::vector<StepDrift> run_drift(const Project& project, RunId run) {
    std::vector<StepLists> steps;
    for (int step = 0; step <= project.last_step(run); ++step) steps.push_back({.step = step});
    for (const auto& video : project.videos()) {
        const auto captions = project.captions(run, video.id);
        if (captions.empty()) continue;
        for (auto& step : steps) step.videos.emplace_back();
        for (const auto& caption : captions) {
            steps.at(caption.step).videos.back().push_back({caption.text, caption.origin == CaptionOrigin::retrieved});
        }
    }
    return caption_drift(steps);
}

}  // namespace rest
