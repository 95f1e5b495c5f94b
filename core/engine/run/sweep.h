// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/engine/queue/engine.h"
#include "core/engine/settings/train_settings.h"

namespace rest::engine {

/// One setting and the values it takes: {"captions_per_video", {"1", "3", "5"}}.
struct SweepAxis {
    std::string setting;
    std::vector<std::string> values;
};

/// "K=1,3,5": a setting's name or the paper's symbol (H, K, N_I, R, T), and comma-separated values, parsed as by
/// set_setting(). Throws Error (invalid_argument) naming what is wrong.
SweepAxis sweep_axis(const std::string& text);

struct SweepParams {
    std::filesystem::path project;
    TrainSettings base;
    std::vector<SweepAxis> axes;  // every combination is trained; the last axis varies fastest
    int64_t seeds = 1;            // runs of each combination: base.optimisation.seed, the next ..., ...
};

/// One combination of values.
struct SweepCell {
    std::vector<std::pair<std::string, std::string>> values;  // (setting, value) of each axis
    std::vector<TrainSettings> settings;                      // one per seed
    std::vector<store::RunId> runs;                           // finished runs, one per seed
    std::vector<double> top1, top5;                           // final CLIP-TAM, percent; empty without labels
};

/// The grid before anything has run. Throws Error (invalid_argument) for a repeated or empty axis, for the seed as an
/// axis together with several seeds, and for contradictory settings.
std::vector<SweepCell> sweep_grid(const SweepParams& params);

/// Trains the grid, cell by cell. A run with the same settings that is in the project already is resumed, or reused if
/// finished, so an interrupted sweep continues.
std::unique_ptr<Job> make_sweep_job(const SweepParams& params, std::function<void(const std::vector<SweepCell>&)> done);

}  // namespace rest::engine
