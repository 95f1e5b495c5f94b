// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

namespace rest::checkpoint {

/// Whether to read a whole weight file or only names and shapes. For the latter the weights are on Torch's meta device,
/// without data, and a file of any size is read instantly. A truncated file is refused either way.
enum class Reading { all, shapes };

/// Options for creating a tensor with that reading.
inline torch::TensorOptions options_for(Reading reading, torch::ScalarType type) {
    return torch::TensorOptions(type).device(reading == Reading::all ? torch::kCPU : torch::kMeta);
}

}  // namespace rest::checkpoint
