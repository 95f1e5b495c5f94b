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
    /// No piece is begun that is expected to end after this.
    std::chrono::steady_clock::time_point deadline;
};

/// How fast a model trains, told from as much of a batch as there was time for.
struct Trial {
    double seconds_per_clip = 0;  // of the whole model on whole clips
    /// In words, what was timed and stands for the rest: "1 clip, 1 of 8 frames, 2 of 24 layers". Empty: a whole batch.
    std::string timed;
};

/// Trains the stand-in on growing pieces of a batch of `clip` (1, T, 3, S, S) uint8 over and over: one frame, then all
/// frames, then more clips, as long as the next piece can be expected to take half a second at most. So cancelling is
/// obeyed within about that. What was left out is taken to cost as much as the like of it that was timed. Changes the
/// stand-in's weights. Throws Cancelled.
Trial try_training(StandIn& model, const torch::Tensor& clip, const TrialSettings& settings, const Machine& machine,
                   Task& task);

}  // namespace rest::engine
