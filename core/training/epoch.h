// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <functional>
#include <span>
#include <vector>

#include "core/base/task.h"
#include "core/distributed/group.h"
#include "core/distributed/stopping.h"
#include "core/model/blip.h"
#include "core/training/adamw.h"
#include "core/training/schedule.h"

namespace rest::training {

/// A clip and the caption drawn for it in this epoch.
struct TrainExample {
    int64_t video = 0;         // index for the loader
    std::vector<int64_t> ids;  // [DEC] prompt caption [SEP]
};

struct EpochSettings {
    int64_t batch_size = 64;
    int64_t micro_batch = 0;    // clips per forward pass, 0: the batch; gradients sum to those of the whole batch
    int64_t frames = 8;         // T of the clips; their side is the model's
    int64_t prompt_length = 4;  // tokens, [DEC] included
    double label_smoothing = 0.2;
    CosineSchedule schedule;
    int64_t first_step = 0;  // of the schedule
    bool bf16 = false;
    torch::Device device = torch::kCPU;
    distributed::Group* group = nullptr;                 // whose processes share every batch; null: only this process
    std::function<distributed::Stop()> stop_asked = {};  // of a group's process, which the task must not stop alone
};

struct BatchReport {
    int64_t step = 0;  // global number of the batch
    double loss = 0;
    double learning_rate = 0;
    double clips_per_second = 0;
    int64_t clips = 0;        // in this batch
    int64_t end = 0;          // of the epoch's examples, those before this one are behind it
    int64_t micro_batch = 0;  // clips per forward pass used for this batch
};

/// Writes the clips of some examples to `to`, contiguous (B, T, 3, S, S) uint8 on the CPU, and returns the places,
/// ascending, of those that cannot be read, whose memory is ignored. Called on another thread, one batch ahead. Its
/// exceptions are rethrown by train_epoch() when that batch's turn comes.
using ClipLoader = std::function<std::vector<int64_t>(std::span<const TrainExample>, const torch::Tensor& to)>;

/// Lines 6-9 of Algorithm 1 for one epoch: every example once, in the order given, one AdamW step per batch. Examples
/// whose clips cannot be read are dropped from their batch; a batch without any other is skipped. Returns the steps
/// done. If memory is short, the batch is repeated in micro-batches of half the size, and so are later ones: the
/// gradient is that of the whole batch. In a group every process is given the same examples and loads its share of each
/// batch; loss and gradient are those of the whole batch, the weights stay equal everywhere, and running out of memory
/// had after the first batch ends the epoch (device). Pause and cancel are obeyed between batches; where one of a
/// group was asked to stop, all do before the same batch. Throws Diverged when the loss, or the weights after the step,
/// contain NaN or infinity.
int64_t train_epoch(model::GarModel& model, AdamW& optimiser, std::span<const TrainExample> examples,
                    const ClipLoader& loader, const EpochSettings& settings, Task& task,
                    const std::function<void(const BatchReport&)>& on_batch);

/// Batches of an epoch of `count` examples.
int64_t batches_per_epoch(int64_t count, int64_t batch_size);

/// Rows padded with `pad`: (B, longest) int64.
torch::Tensor pad_ids(std::span<const TrainExample> examples, int64_t pad);

}  // namespace rest::training
