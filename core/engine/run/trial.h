// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/task.h"
#include "core/engine/inference/model_files.h"
#include "core/engine/inference/stand_in.h"

namespace rest::engine {

struct TrialSettings {
    ClipSettings clips;
    int64_t batch_size = 64;
    int64_t micro_batch = 64;
    std::string prompt;
    /// No piece is started that is expected to end after this.
    std::chrono::steady_clock::time_point deadline;
};

/// How fast a model trains, extrapolated from as much of a batch as time allowed.
struct Trial {
    double seconds_per_clip = 0;  // of the whole model on whole clips
    /// What was timed, in words: "1 clip, 1 of 8 frames, 2 of 24 layers". Empty: a whole batch.
    std::string timed;
};

/// Trains the stand-in repeatedly on growing pieces of a batch of `clip` (1, T, 3, S, S) uint8: one frame, then all
/// frames, then more clips, as long as the next piece is expected to take at most half a second, which also bounds the
/// delay of a cancel. What was left out is assumed to cost as much as the corresponding part that was timed. Changes
/// the stand-in's weights. Throws Cancelled.
Trial try_training(StandIn& model, const torch::Tensor& clip, const TrialSettings& settings, const Machine& machine,
                   Task& task);

}  // namespace rest::engine
