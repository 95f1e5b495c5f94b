// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/measure/run_drift.h"

#include <map>

namespace rest::engine {

// Takes the steps from the captions: another program may finish one meanwhile, and a foreign file may claim any.
std::vector<evaluation::StepDrift> run_drift(const store::Project& project, store::RunId run) {
    std::map<int, evaluation::StepLists> by_step;
    size_t videos = 0;
    for (const auto& video : project.videos()) {
        const auto captions = project.captions(run, video.id);
        if (captions.empty()) continue;
        ++videos;
        for (const auto& caption : captions) {
            auto& step = by_step.try_emplace(caption.step, evaluation::StepLists{.step = caption.step}).first->second;
            step.videos.resize(videos);
            step.videos.back().push_back({caption.text, caption.origin == store::CaptionOrigin::retrieved});
        }
    }
    std::vector<evaluation::StepLists> steps;
    for (auto& [number, step] : by_step) {
        step.videos.resize(videos);
        steps.push_back(std::move(step));
    }
    return evaluation::caption_drift(steps);
}

}  // namespace rest::engine
