// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/checkpoint/checkpoint.h"

namespace rest::checkpoint {

/// A model of these sizes with random weights (normal, by fan-in) and a config.json that other readers understand.
Checkpoint new_checkpoint(CheckpointKind kind, const ModelSizes& sizes, uint64_t seed);

}  // namespace rest::checkpoint
