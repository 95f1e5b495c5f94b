// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <cstdint>
#include <vector>

#include "core/base/task.h"
#include "core/model/clip.h"

namespace rest::model {

/// The `index`-th of `of` parts of some work.
struct WorkPart {
    int64_t index = 0, of = 1;
};

/// Features of texts (n, p), unit length, float32 on the CPU. Each text's ids begin with the start and end with the end
/// token. Texts of like lengths are encoded together, so hardly any padding is computed. Of a part of the work the rows
/// of all other parts are zeros: what the parts add up to is the same however many they are. Throws Cancelled.
torch::Tensor clip_text_features(const ClipModel& clip, const std::vector<std::vector<int64_t>>& texts,
                                 torch::Device device, Task& task, const WorkPart& part = {});

}  // namespace rest::model
