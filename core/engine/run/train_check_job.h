// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/engine/run/train_job.h"

namespace rest::engine {

/// Findings of a check before the start; it changes nothing.
struct TrainCheck {
    std::vector<std::string> problems;  // that prevent the start
    std::vector<std::string> notes;     // for information
    int64_t train_videos = 0;
    int64_t labelled_val_videos = 0;
    std::string device;             // "CPU, 2 threads"
    int64_t memory_bytes = 0;       // estimate of the peak
    int64_t disk_bytes = 0;         // frames, features and checkpoints
    double seconds = -1;            // of the whole run, from a trial; -1 not measured
    std::string extrapolated_from;  // what the trial ran, if less than a batch: "1 of 12 layers on ..."
};
struct TrainCheckParams {
    TrainParams train;
    bool trial_batches = true;
};
/// The result is passed to `done` on the engine thread before the job finishes.
std::unique_ptr<Job> make_train_check_job(const TrainCheckParams& params, std::function<void(const TrainCheck&)> done);

}  // namespace rest::engine
