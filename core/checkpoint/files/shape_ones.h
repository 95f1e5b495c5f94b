// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/checkpoint/files/model_sizes.h"

namespace rest::checkpoint {

/// The shape of the tensor of that name in a model of this kind, if `shape` differs from it only by dimensions of 1,
/// omitted or extra: (D) for (1, 1, D), (1) for (). Any other shape is returned unchanged.
std::vector<int64_t> with_usual_ones(CheckpointKind kind, const std::string& name, const std::vector<int64_t>& shape);

}  // namespace rest::checkpoint
