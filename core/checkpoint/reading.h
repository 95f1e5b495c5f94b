// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/checkpoint/checkpoint.h"

namespace rest::checkpoint {

/// What is read of a weight file: all of it, or only which tensors it holds. Then the weights are on Torch's meta
/// device, without numbers, and a file of any size is read in a moment.
enum class Reading { all, shapes };

/// Where a tensor of that reading is made.
inline torch::TensorOptions options_for(Reading reading, torch::ScalarType type) {
    return torch::TensorOptions(type).device(reading == Reading::all ? torch::kCPU : torch::kMeta);
}

/// As the functions of these names without `reading`. A file that is cut short is refused either way.
Weights read_safetensors(const std::filesystem::path& path, Reading reading);
Weights read_torch_file(const std::filesystem::path& path, Reading reading);
Checkpoint read_checkpoint(const std::filesystem::path& folder_or_file, Reading reading);

}  // namespace rest::checkpoint
