// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/frame_pool.h"
#include "core/demo/pretrain.h"
#include "core/engine/inference/device.h"

namespace rest::demo {

inline constexpr int64_t kDemoImageSize = 48;  // pixels

/// Contrastive pre-training (symmetric InfoNCE) on frames and their captions; logs the zero-shot accuracy on new
/// frames.
void pretrain_clip(const std::filesystem::path& folder, const FramePool& pool, const PretrainSettings& settings,
                   const engine::Machine& machine, Task& task);

/// Caption pre-training: next-token loss over the whole text, without masking a prompt.
void pretrain_blip(const std::filesystem::path& folder, const FramePool& pool, const PretrainSettings& settings,
                   const engine::Machine& machine, Task& task);

/// Linear warm-up, then cosine: the learning rate's factor at a step.
double warmed_cosine(int64_t step, int64_t total);

}  // namespace rest::demo
