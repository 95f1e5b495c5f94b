// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <cstdint>
#include <vector>

#include "core/base/task.h"
#include "core/model/clip.h"

namespace rest::model {

/// Features of texts (n, p), unit length, float32 on the CPU. Each text's ids begin with the start and end with the end
/// token. Texts of similar length are encoded together, so hardly any padding is computed. Throws Cancelled.
torch::Tensor clip_text_features(const ClipModel& clip, const std::vector<std::vector<int64_t>>& texts,
                                 torch::Device device, Task& task);

}  // namespace rest::model
