// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/queue/engine.h"
#include "core/engine/settings/train_settings.h"
#include "core/evaluation/metrics/caption_quality.h"
#include "core/evaluation/tam/tam_report.h"

namespace rest::engine {

/// CLIP-TAM on a subset of the clips.
struct PartScore {
    int64_t clips = 0;
    double top1 = 0;  // percent
};
struct EvaluateResult {
    store::RunId run = 0;  // baselines are stored as runs too
    store::RunKind kind = store::RunKind::training;
    std::string run_name;
    int epoch = 0;
    int step = -1;      // retrieval step of that epoch
    uint64_t seed = 0;  // of the run
    std::string model;  // folder of the checkpoint or the baseline's weights; empty if only its captions remain
    std::string clip;   // folder
    std::vector<std::string> cautions;  // what was assumed of the two, as no file beside them gives it
    std::vector<std::string> classes;
    std::vector<std::string> class_templates;
    int64_t labelled_clips = 0;   // of the split, unreadable ones included
    double clips_per_second = 0;  // during captioning; 0 for baselines without captions
    evaluation::TamReport report;
    PartScore seen, novel;                // clips of classes that some train video has, and of the others
    evaluation::CaptionQuality captions;  // baselines that rank class names have none
    std::vector<store::PredictionRecord> predictions;
    std::vector<int> labels;  // of the predictions' videos
};
struct EvaluateParams {
    std::filesystem::path project;
    store::RunKind kind = store::RunKind::training;  // or a baseline on the same clips
    std::optional<store::RunId> run;                 // default: the latest trained one
    std::optional<int> epoch;                        // default: its newest checkpoint's
    std::filesystem::path model;               // weights of a baseline; empty: the project's (blip-clip needs its own)
    std::vector<std::string> class_templates;  // empty: the run's
    TrainSettings settings;          // device, precision and threads; baselines in a project without runs: all of it
    bool settings_as_given = false;  // baselines: use all of `settings` in any project
};
/// CLIP-TAM on the labelled val (or test) videos. Captions that the project has for that run and epoch are reused. New
/// ones are stored; a baseline is stored as a run of its kind.
std::unique_ptr<Job> make_evaluate_job(const EvaluateParams& params, std::function<void(const EvaluateResult&)> done);

}  // namespace rest::engine
