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

/// How batches are dealt out to processes that have the same clips to do: in rounds, one batch each in order of rank.
struct Turns {
    int rank = 0;
    int size = 1;
    std::function<void()> after_round = {};  // called by all, as often
};

struct ClipBatchSettings {
    int64_t at_once = 16;
    torch::Device device = torch::kCPU;
    Turns turns = {};
};

/// Gives `body` the test views of the clips with these indices, `at_once` at a time, in order; of several processes,
/// each is given the batches of its turns, which are those that one process has. With a GPU the next batch is loaded
/// and copied meanwhile; on the CPU loading and computing would only share the cores, so they take turns. The task is
/// checked before and advanced after each round, from 0, and told of clips that cannot be read. What loading and
/// ClipStore::tell_unreadable() throw is thrown here.
void for_each_batch(const ClipStore& clips, std::span<const int64_t> indices, const ClipBatchSettings& settings,
                    Task& task, const std::function<void(const ClipBatch&)>& body);

/// 0, 1, ... of all clips of a store, unreadable ones included.
std::vector<int64_t> all_clips(const ClipStore& clips);

}  // namespace rest::engine
