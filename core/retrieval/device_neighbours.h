// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include "core/base/task.h"
#include "core/retrieval/neighbours.h"

namespace rest::retrieval {

/// nearest_neighbours() with products on a device with its own memory: the best guesses of a row are selected there and
/// only these come to the host, which rescores one tile of rows while the device works on the next. Same result.
/// `features` from checked_features(); `error` is guess_error() on settings.device. Throws Cancelled.
torch::Tensor neighbours_by_device(const torch::Tensor& features, const NeighbourSettings& settings, float error,
                                   Task& task);

}  // namespace rest::retrieval
