// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <functional>
#include <span>
#include <vector>

#include "core/base/task.h"
#include "core/engine/inference/clip_store.h"

namespace rest::engine {

/// Some clips of a store and their test views; unreadable ones are left out.
struct ClipBatch {
    std::span<const int64_t> indices;  // at least one
    torch::Tensor views;               // (B, T, 3, S, S) uint8 on the device; the next batch overwrites this memory
};

struct ClipBatchSettings {
    int64_t at_once = 16;
    torch::Device device = torch::kCPU;
};

/// Passes `body` the test views of the clips with these indices, `at_once` at a time, in order. With a GPU the next
/// batch is loaded and copied meanwhile; on the CPU loading and computing would only compete for the cores, so they
/// alternate. The task is checked before and advanced after each batch, from 0, and receives unreadable clips. Throws
/// what loading and ClipStore::tell_unreadable() throw.
void for_each_batch(const ClipStore& clips, std::span<const int64_t> indices, const ClipBatchSettings& settings,
                    Task& task, const std::function<void(const ClipBatch&)>& body);

/// 0, 1, ... of all clips of a store, unreadable ones included.
std::vector<int64_t> all_clips(const ClipStore& clips);

}  // namespace rest::engine
