// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <cstdint>
#include <span>
#include <vector>

namespace rest::training {

// Places in a batch whose clips could not be read: the batch continues without them.

/// 0 .. size - 1 without `lost`, which is ascending.
std::vector<int64_t> other_places(std::span<const int64_t> lost, int64_t size);
/// The rows of `batch` (B, ...) at these places, on its device.
torch::Tensor rows_of(const torch::Tensor& batch, const std::vector<int64_t>& places);

}  // namespace rest::training
