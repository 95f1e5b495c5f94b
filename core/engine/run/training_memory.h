// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "core/checkpoint/files/model_sizes.h"
#include "core/engine/inference/device.h"

namespace rest::engine {

/// Estimated bytes of memory that training needs on its device.
struct TrainingMemory {
    int64_t fixed = 0;     // weights, gradients, moments and a step's scratch
    int64_t per_clip = 0;  // per clip of a micro-batch: activations of the video encoder kept for backward

    int64_t of(int64_t micro_batch) const { return fixed + micro_batch * per_clip; }
    /// The largest micro-batch up to `most` that fits into `bytes`; 0: none does.
    int64_t micro_batch_in(int64_t bytes, int64_t most) const;
};

TrainingMemory training_memory(const checkpoint::ModelSizes& sizes, int64_t frames, int64_t parameters,
                               const Machine& machine);

/// A warning if `micro_batch` clips need more than the device's `free` bytes; else empty.
std::string short_memory_note(const TrainingMemory& memory, int64_t micro_batch, int64_t free);

}  // namespace rest::engine
