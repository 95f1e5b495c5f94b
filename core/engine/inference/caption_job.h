// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/engine/queue/engine.h"
#include "core/engine/settings/train_settings.h"

namespace rest::engine {

struct CaptionResult {
    std::string file;
    std::string caption;  // empty if there is a problem
    double score = 0;
    std::string problem;
};
struct CaptionParams {
    std::vector<std::filesystem::path> clips;
    std::filesystem::path captioner;  // BLIP or GAR folder or file
    GenerationSettings generation;
    ClipSettings input;
    MachineSettings machine;
};
/// Captions clips outside any project.
std::unique_ptr<Job> make_caption_job(const CaptionParams& params,
                                      std::function<void(std::vector<CaptionResult>)> done);

}  // namespace rest::engine
