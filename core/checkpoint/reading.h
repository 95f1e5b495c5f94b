// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

namespace rest::checkpoint {

/// What is read of a weight file: all of it, or only which tensors it holds. Then the weights are on Torch's meta
/// device, without numbers, and a file of any size is read in a moment. One that is cut short is refused either way.
enum class Reading { all, shapes };

/// Where a tensor of that reading is made.
inline torch::TensorOptions options_for(Reading reading, torch::ScalarType type) {
    return torch::TensorOptions(type).device(reading == Reading::all ? torch::kCPU : torch::kMeta);
}

}  // namespace rest::checkpoint
